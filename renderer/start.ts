import './theme.css';

// What the window is made of is read while the first frame, which the page has in it, is painted.
void import('./main.tsx');
