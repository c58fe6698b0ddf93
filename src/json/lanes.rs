//! Several bytes of a text at once, and which of them a parser must look at.
//!
//! With SIMD where the target has it, by way of the crate `wide`; elsewhere with arithmetic on a machine word.

#[cfg(any(target_feature = "sse2", target_feature = "neon", target_feature = "simd128"))]
use simd as width;
#[cfg(not(any(
    target_feature = "sse2",
    target_feature = "neon",
    target_feature = "simd128"
)))]
use words as width;

pub(super) use width::Lanes;

/// How many bytes one word of a [`stop_map`] tells about.
pub(super) const STRETCH: usize = 64;

/// For every byte of a text, a bit each, whether it ends a string or needs a closer look in one: a quote, a backslash, a
/// control character, or the first byte of a character that json-smart may escape (U+007F to U+009F begin with 7F or C2,
/// U+2000 to U+20FF with E2). There is always a word for the place behind the last byte, and all places there are set.
///
/// This pass depends on nothing but the text, so the processor runs ahead in it; a parser that searches from where the
/// last token ended waits for every search.
pub(super) fn stop_map(bytes: &[u8]) -> Vec<u64> {
    let mut map = Vec::with_capacity(bytes.len() / STRETCH + 1);
    let (stretches, rest) = bytes.as_chunks::<STRETCH>();
    map.extend(stretches.iter().map(width::stops));
    let mut last = [0; STRETCH];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    map.push(width::stops(&last));
    map
}

/// The lanes for which something holds, so many bits for each, of which the highest is set.
#[derive(Clone, Copy)]
pub(super) struct Mask<const BITS: usize>(u64);

impl<const BITS: usize> Mask<BITS> {
    #[inline(always)]
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The first lane; meaningless when there is none.
    #[inline(always)]
    pub(super) fn first(self) -> usize {
        self.0.trailing_zeros() as usize / BITS
    }

    /// Without the first lane.
    #[inline(always)]
    pub(super) fn rest(self) -> Mask<BITS> {
        Mask(self.0 & self.0.wrapping_sub(1))
    }
}

#[cfg(any(target_feature = "sse2", target_feature = "neon", target_feature = "simd128"))]
mod simd {
    use super::{Mask, STRETCH};
    use bytemuck::cast;
    use wide::{CmpGt, i8x16, u8x16};

    /// Sixteen bytes.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Lanes(u8x16);

    impl Lanes {
        pub(in super::super) const COUNT: usize = 16;

        /// The bytes from `at` on, where there are enough of them.
        #[inline(always)]
        pub(in super::super) fn load(bytes: &[u8], at: usize) -> Option<Lanes> {
            let chunk: [u8; 16] = *bytes.get(at..)?.first_chunk()?;
            Some(Lanes(u8x16::new(chunk)))
        }

        /// Bytes that are no digits.
        #[inline(always)]
        pub(in super::super) fn no_digits(self) -> Mask<1> {
            // Moved so that the digits are the largest signed numbers.
            let moved: i8x16 = cast(self.0 + u8x16::splat(0x7F - b'9'));
            Mask(mask(cast(moved.cmp_gt(i8x16::splat(0x7F - 10)))).0 ^ 0xFFFF)
        }

        /// Bytes that are no blanks.
        #[inline(always)]
        pub(in super::super) fn no_blanks(self) -> Mask<1> {
            let blanks =
                self.equals(b' ') | self.equals(b'\n') | self.equals(b'\r') | self.equals(b'\t');
            Mask(mask(blanks).0 ^ 0xFFFF)
        }

        #[inline(always)]
        fn equals(self, byte: u8) -> u8x16 {
            self.0.cmp_eq(u8x16::splat(byte))
        }
    }

    /// The stops of a stretch, a bit for each byte.
    #[inline(always)]
    pub(super) fn stops(stretch: &[u8; STRETCH]) -> u64 {
        let (sixteens, _) = stretch.as_chunks::<16>();
        sixteens.iter().rev().fold(0, |bits, sixteen| {
            let lanes = Lanes(u8x16::new(*sixteen));
            let control = lanes.0.min(u8x16::splat(0x1F)).cmp_eq(lanes.0);
            let ends = lanes.equals(b'"') | lanes.equals(b'\\') | control;
            let escaped = lanes.equals(0x7F) | lanes.equals(0xC2) | lanes.equals(0xE2);
            bits << 16 | mask(ends | escaped).0
        })
    }

    #[inline(always)]
    fn mask(lanes: u8x16) -> Mask<1> {
        Mask(u64::from(lanes.move_mask() as u32 & 0xFFFF))
    }
}

#[cfg(any(
    test,
    not(any(target_feature = "sse2", target_feature = "neon", target_feature = "simd128"))
))]
mod words {
    use super::{Mask, STRETCH};

    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;

    /// Eight bytes.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Lanes(u64);

    impl Lanes {
        pub(in super::super) const COUNT: usize = 8;

        /// The bytes from `at` on, where there are enough of them.
        #[inline(always)]
        pub(in super::super) fn load(bytes: &[u8], at: usize) -> Option<Lanes> {
            bytes.get(at..)?.first_chunk().map(|chunk| Lanes(u64::from_le_bytes(*chunk)))
        }

        /// Bytes that are no digits.
        #[inline(always)]
        pub(in super::super) fn no_digits(self) -> Mask<8> {
            let above = (self.0 & !HIGH).wrapping_add(ONES * u64::from(0x7F - b'9'));
            // With the highest bit set no lane borrows from the next.
            let at_least = (self.0 | HIGH) - ONES * u64::from(b'0');
            Mask((self.0 | above | !at_least) & HIGH)
        }

        /// Bytes that are no blanks.
        #[inline(always)]
        pub(in super::super) fn no_blanks(self) -> Mask<8> {
            let exactly = |byte: u8| {
                let difference = self.0 ^ (ONES * u64::from(byte));
                !(((difference & !HIGH).wrapping_add(!HIGH)) | difference)
            };
            let blanks = exactly(b' ') | exactly(b'\n') | exactly(b'\r') | exactly(b'\t');
            Mask(!blanks & HIGH)
        }
    }

    /// The stops of a stretch, a bit for each byte.
    #[inline(always)]
    pub(super) fn stops(stretch: &[u8; STRETCH]) -> u64 {
        let (eights, _) = stretch.as_chunks::<8>();
        eights.iter().rev().fold(0, |bits, eight| {
            let word = u64::from_le_bytes(*eight);
            // The highest bit of each lane; a carry into the next lane would make it wrong.
            let differs = |byte: u8| {
                let difference = word ^ (ONES * u64::from(byte));
                ((difference & !HIGH) + !HIGH) | difference
            };
            let printable = ((word & !HIGH) + ONES * 0x60) | word;
            let plain = differs(0x7F) & differs(0xC2) & differs(0xE2);
            let lanes = !(differs(b'"') & differs(b'\\') & printable & plain) & HIGH;
            // Gathers the eight bits into the highest byte.
            bits << 8 | (lanes >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_string(byte: u8) -> bool {
        matches!(byte, b'"' | b'\\' | 0..=0x1F | 0x7F | 0xC2 | 0xE2)
    }

    #[test]
    fn stops_agree_with_bytes() {
        let bytes: Vec<u8> = (0..64_000u32).map(|n| (n * 7919 / 3) as u8).collect();
        for stretch in bytes.as_chunks::<STRETCH>().0 {
            let mut expected = 0;
            for (at, byte) in stretch.iter().enumerate() {
                expected |= u64::from(ends_string(*byte)) << at;
            }
            assert_eq!(width::stops(stretch), expected);
            assert_eq!(words::stops(stretch), expected);
        }
        assert_eq!(stop_map(&bytes[..63]).len(), 1);
        assert_eq!(stop_map(&bytes[..64]).len(), 2);
    }

    /// Every byte in every lane, against what the bytes mean one by one.
    #[test]
    fn lanes_agree_with_bytes() {
        for byte in 0..=255u8 {
            for lane in 0..16 {
                for other in [b'7', b'0', b' ', b'.'] {
                    let mut bytes = [other; 16];
                    bytes[lane] = byte;
                    check(
                        &bytes,
                        |b| b.is_ascii_digit(),
                        Lanes::no_digits,
                        words::Lanes::no_digits,
                    );
                    let blank = |b: u8| matches!(b, b' ' | b'\n' | b'\r' | b'\t');
                    check(&bytes, blank, Lanes::no_blanks, words::Lanes::no_blanks);
                }
            }
        }
    }

    fn check<const A: usize, const B: usize>(
        bytes: &[u8],
        skipped: impl Fn(u8) -> bool,
        mask: impl Fn(Lanes) -> Mask<A>,
        in_words: impl Fn(words::Lanes) -> Mask<B>,
    ) {
        let places = |count: usize| {
            let others = bytes[..count].iter().enumerate().filter(|(_, b)| !skipped(**b));
            others.map(|(at, _)| at).take(2).collect::<Vec<_>>()
        };
        let found = Lanes::load(bytes, 0).map(|lanes| first_two(mask(lanes)));
        assert_eq!(found, Some(places(Lanes::COUNT)), "{bytes:?}");
        let found = words::Lanes::load(bytes, 0).map(|lanes| first_two(in_words(lanes)));
        assert_eq!(found, Some(places(words::Lanes::COUNT)), "{bytes:?}");
    }

    fn first_two<const BITS: usize>(mask: Mask<BITS>) -> Vec<usize> {
        [mask, mask.rest()].iter().filter(|m| !m.is_empty()).map(|m| m.first()).collect()
    }
}
