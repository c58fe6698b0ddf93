//! How much memory a document takes beside its text, as multiples of the payload: `memory`.

#[path = "document/payload.rs"]
mod payload;

use peak_alloc::PeakAlloc;
use transom::Document;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

#[expect(clippy::print_stdout, reason = "the answer of this program")]
fn main() {
    let compact = payload::orders(10_000_000);
    let pretty = payload::pretty(&compact);
    let numbers = format!("[{}1]", "1,".repeat(5_000_000));
    for (name, text) in [
        ("orders, compact", &compact),
        ("orders, pretty", &pretty),
        ("numbers of one digit", &numbers),
    ] {
        let times = |bytes: usize| 1.0 + bytes as f64 / text.len() as f64;
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let document = Document::parse(text);
        let (peak, kept) = (ALLOCATOR.peak_usage() - before, ALLOCATOR.current_usage() - before);
        println!(
            "{name}: {:.2} times the payload while it is read, {:.2} then (the text included)",
            times(peak),
            times(kept)
        );
        drop(document);
    }
}
