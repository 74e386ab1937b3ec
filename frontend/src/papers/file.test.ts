import { describe, expect, it } from 'vitest';
import { pastedFiles, sorted, sortedForLoad } from './file';

const file = (name: string, type = '') => new File(['x'], name, { type });

describe('what comes in', () => {
  it('is papers, and what is looked at first', () => {
    const { papers, others } = sorted({ paths: ['C:\\Scans\\pod.PDF', '/tmp/loads.csv'], files: [file('a.heic'), file('b.zip'), file('photo', 'image/jpeg')] }, false);
    expect([papers.paths, papers.files.map((f) => f.name)]).toEqual([['C:\\Scans\\pod.PDF'], ['a.heic', 'photo']]);
    expect([others.paths, others.files.map((f) => f.name)]).toEqual([['/tmp/loads.csv'], ['b.zip']]);
  });
  it('may be mails and archives of papers', () => expect(sorted({ paths: ['a.zip', 'b.EML', 'c.csv'], files: [] }, true).papers.paths).toEqual(['a.zip', 'b.EML']));
  it('is all a paper of the load it is given to, but data', () => {
    const { papers, others } = sortedForLoad({ paths: ['scan', 'a.zip', 'mail.msg', 'pod.pdf', 'loads.JSON', 'x.csv', 'note.txt'], files: [] });
    expect(papers.paths).toEqual(['scan', 'a.zip', 'mail.msg', 'pod.pdf']);
    expect(others.paths).toEqual(['loads.JSON', 'x.csv', 'note.txt']);
  });
});

describe('what is pasted', () => {
  const paste = (...files: File[]) => pastedFiles({ files } as unknown as DataTransfer, new Date('2026-11-23T14:05:06Z')).map((f) => f.name);
  it('keeps its name', () => expect(paste(file('pod.pdf', 'application/pdf'))).toEqual(['pod.pdf']));
  it('is named by the moment when it is a mere picture', () => expect(paste(file('image.png', 'image/png'))).toEqual(['pasted 2026-11-23 14.05.06.png']));
  it('is nothing of a clipboard without files', () => expect(pastedFiles(null, new Date(0))).toEqual([]));
});
