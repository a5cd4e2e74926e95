# A line between two network namespaces, for kernels without sch_netem: takes each packet from a tun device at one end and writes it
# to that at the other, later, and some of them never. The ends talk TCP by the kernel, as over any line.
#   perl line.pl NAMESPACE NAMESPACE MBIT_A_SECOND ROUND_TRIP_MS LOST_PERCENT
use strict;
use warnings;
use Fcntl;
use POSIX ();
use Time::HiRes qw(time);

my ($near, $far, $megabits, $roundTrip, $lost) = @ARGV;
my $rate = $megabits * 1e6 / 8;
my $delay = $roundTrip / 2000;
# In seconds: what waits longer for its turn is dropped, as a router does.
my $patience = 0.1;
my $setns = (POSIX::uname())[4] eq 'aarch64' ? 268 : 308;

sub device {
    my ($namespace) = @_;
    open(my $place, '<', "/var/run/netns/$namespace") or die "$namespace: $!";
    syscall($setns, fileno($place), 0x40000000) == 0 or die "setns: $!";
    sysopen(my $file, '/dev/net/tun', O_RDWR | O_NONBLOCK) or die "/dev/net/tun: $!";
    # TUNSETIFF with IFF_TUN | IFF_NO_PI
    my $request = pack('a16 s x22', 'line', 0x1001);
    ioctl($file, 0x400454ca, $request) or die "TUNSETIFF: $!";
    return $file;
}

my @ways = map { { from => $_->[0], to => $_->[1], free => 0, queue => [], count => 0 } }
    (sub { [$_[0], $_[1]], [$_[1], $_[0]] })->(device($near), device($far));
# Whoever started this goes on when it reads that.
$| = 1;
print "ready\n";

while (1) {
    my $now = time;
    my $next;
    for my $way (@ways) {
        my $queue = $way->{queue};
        while (@$queue && $queue->[0][0] <= $now) {
            my $packet = shift @$queue;
            syswrite($way->{to}, $packet->[1]);
        }
        $next = $queue->[0][0] if @$queue && (!defined $next || $queue->[0][0] < $next);
    }
    my $bits = '';
    vec($bits, fileno($_->{from}), 1) = 1 for @ways;
    my $wait = defined $next ? $next - time : 1;
    select($bits, undef, undef, $wait > 0 ? $wait : 0);
    for my $way (@ways) {
        for (1 .. 32) {
            my $size = sysread($way->{from}, my $packet, 65_536) or last;
            my $arrived = time;
            my $begins = $way->{free} > $arrived ? $way->{free} : $arrived;
            next if $begins - $arrived > $patience;
            # Evenly, so that nobody is luckier than the other. Small packets carry no content.
            next if $lost && $size > 500 && ++$way->{count} % (100 / $lost) == 0;
            $way->{free} = $begins + $size / $rate;
            push @{ $way->{queue} }, [$way->{free} + $delay, $packet];
        }
    }
}
