//! Several lines at the same time: one thread reads, the others answer.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::stop::Stop;

use super::answer::answer;
use super::sink::Sink;
use super::{Compiled, Lines};

/// A render may need as much stack as on the main thread.
const STACK: usize = 8 * 1024 * 1024;

struct Queue {
    lines: Mutex<Receiver<Vec<u8>>>,
    /// Lines in the channel
    waiting: AtomicUsize,
    /// The output takes no more
    closed: AtomicBool,
}

/// As answering in turn, in any order.
pub(super) fn answer_all(
    lines: &mut Lines<'_>,
    jobs: usize,
    compiled: &Compiled,
    sink: &Sink<'_>,
) -> Result<io::Result<()>, Stop> {
    let (sender, receiver) = sync_channel(jobs * 4);
    let queue = Queue {
        lines: Mutex::new(receiver),
        waiting: AtomicUsize::new(0),
        closed: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        let mut workers = Vec::new();
        for _ in 0..jobs {
            workers.push(
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, || work(&queue, compiled, sink))?,
            );
        }
        let read = feed(lines, sender, &queue);
        for worker in workers {
            worker.join().unwrap_or_else(|_| Err(io::Error::other("a worker ended early")))?;
        }
        Ok(read)
    })
}

fn feed(lines: &mut Lines<'_>, sender: SyncSender<Vec<u8>>, queue: &Queue) -> io::Result<()> {
    let mut line = Vec::new();
    while !queue.closed.load(Ordering::Relaxed) && lines.next_into(&mut line)? {
        queue.waiting.fetch_add(1, Ordering::SeqCst);
        if sender.send(std::mem::take(&mut line)).is_err() {
            break;
        }
    }
    drop(sender);
    Ok(())
}

fn work(queue: &Queue, compiled: &Compiled, sink: &Sink<'_>) -> io::Result<()> {
    let done = work_until_closed(queue, compiled, sink);
    if done.is_err() {
        queue.closed.store(true, Ordering::Relaxed);
        // The reader may be waiting for room in the channel.
        while queue.next().is_some() {}
    }
    done
}

/// Whoever sees that no line waits hands over the answers, before a long render as well as after it.
fn work_until_closed(queue: &Queue, compiled: &Compiled, sink: &Sink<'_>) -> io::Result<()> {
    while let Some(line) = queue.next() {
        if queue.is_empty() {
            sink.flush()?;
        }
        sink.write(&answer(&line, compiled))?;
        if queue.is_empty() {
            sink.flush()?;
        }
    }
    Ok(())
}

impl Queue {
    fn next(&self) -> Option<Vec<u8>> {
        let line = self.lines.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()?;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        Some(line)
    }

    fn is_empty(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) == 0
    }
}
