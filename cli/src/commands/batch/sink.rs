//! Where answers go: one whole line at a time, from any thread.

use std::io::{self, BufWriter, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::BUFFER;

/// Standard output behind a buffer.
pub(super) struct Sink<'a> {
    out: Mutex<BufWriter<&'a mut (dyn Write + Send)>>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send)) -> Sink<'a> {
        Sink { out: Mutex::new(BufWriter::with_capacity(BUFFER, out)) }
    }

    /// Takes a line with its end.
    pub(super) fn write(&self, line: &[u8]) -> io::Result<()> {
        self.lock().write_all(line)
    }

    /// Hands over what is buffered.
    pub(super) fn flush(&self) -> io::Result<()> {
        self.lock().flush()
    }

    fn lock(&self) -> MutexGuard<'_, BufWriter<&'a mut (dyn Write + Send)>> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
