import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { afterAll, expect, it } from 'vitest';
import { trustSystemCertificates } from '../../../electron/desktop/certificates.ts';
import { companyPem } from '../../support/company.ts';

const former = tls.getCACertificates('default');
afterAll(() => {
  tls.setDefaultCACertificates(former);
  delete process.env.NODE_EXTRA_CA_CERTS;
});

it('the authorities that NODE_EXTRA_CA_CERTS names are trusted, where Electron leaves it unread', () => {
  const { fingerprint256 } = new X509Certificate(readFileSync(companyPem));
  const isTrusted = () =>
    tls
      .getCACertificates('default')
      .some((pem) => new X509Certificate(pem).fingerprint256 === fingerprint256);
  expect(isTrusted()).toBe(false);
  process.env.NODE_EXTRA_CA_CERTS = companyPem;
  expect(trustSystemCertificates()).toBe(true);
  expect(isTrusted()).toBe(true);
});
