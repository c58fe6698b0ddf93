//! What a render may use: no template, and no payload, can make it run away.

use super::Interrupt;
use crate::template::Limits;
use crate::{Error, ErrorKind, Span};

/// What is left.
pub(super) struct Budget {
    steps: u64,
    limits: Limits,
    depth: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Budget {
        Budget { steps: limits.steps, limits: limits.clone(), depth: 0 }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Takes some steps.
    #[inline]
    pub(super) fn step(&mut self, steps: u64, span: Span) -> Result<(), Interrupt> {
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(over(ErrorKind::StepLimit(self.limits.steps), span)),
        }
    }

    /// The steps that are left, for what counts its own.
    pub(super) fn steps_left(&self) -> u64 {
        self.steps
    }

    /// Checks the size of a text: the output, or one that the template makes.
    #[inline]
    pub(super) fn text(&self, bytes: usize, span: Span) -> Result<(), Interrupt> {
        if bytes > self.limits.output_bytes {
            return Err(over(ErrorKind::OutputLimit(self.limits.output_bytes), span));
        }
        Ok(())
    }

    /// Enters a macro, a `#define`d block or an `#evaluate`d text.
    pub(super) fn enter(&mut self, span: Span) -> Result<(), Interrupt> {
        if self.depth == self.limits.depth {
            return Err(over(ErrorKind::DepthLimit(self.limits.depth), span));
        }
        self.depth += 1;
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

#[cold]
fn over(kind: ErrorKind, span: Span) -> Interrupt {
    Interrupt::Error(Error::new(kind, span))
}
