import { render } from 'preact';
import { App } from './app.js';

const place = document.getElementById('weir');
if (place === null) throw new Error('index.html has no element #weir');
render(<App />, place);
