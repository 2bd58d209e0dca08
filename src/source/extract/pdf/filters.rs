//! Unpacks the data of streams, filter by filter and within a bound (ISO 32000-1, 7.4).

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::memmem;
use weezl::BitOrder;
use weezl::LzwStatus;
use weezl::decode::Decoder;

/// A way in which data is packed or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Flate,
    Lzw,
    Ascii85,
    AsciiHex,
    RunLength,
}

const NAMES: [(&[u8], Filter); 5] = [
    (b"/FlateDecode", Filter::Flate),
    (b"/LZWDecode", Filter::Lzw),
    (b"/ASCII85Decode", Filter::Ascii85),
    (b"/ASCIIHexDecode", Filter::AsciiHex),
    (b"/RunLengthDecode", Filter::RunLength),
];

/// The filters that the head of a stream names, in their order. Data that is plainly packed with Deflate counts as such,
/// whatever the head says.
pub(super) fn of(head: &[u8], data: &[u8]) -> Vec<Filter> {
    let named = NAMES.iter().flat_map(|(name, filter)| memmem::find_iter(head, name).map(move |at| (at, *filter)));
    let mut named: Vec<(usize, Filter)> = named.collect();
    named.sort_by_key(|(at, _)| *at);
    let named: Vec<Filter> = named.into_iter().map(|(_, filter)| filter).collect();
    if named.is_empty() && is_packed(data) { vec![Filter::Flate] } else { named }
}

/// True for data packed with Deflate (RFC 1950, 2.2).
pub(super) fn is_packed(data: &[u8]) -> bool {
    matches!(data, [first, second, ..]
        if first & 15 == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

impl Filter {
    /// The data without this filter, at most one byte more than `most`. What is damaged ends early.
    pub(super) fn unpack(self, data: &[u8], most: u64) -> Vec<u8> {
        let most = usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1);
        let mut out = Vec::new();
        match self {
            Self::Flate => {
                // Damage at the end is no reason to refuse a file: what could be unpacked counts.
                let _ = ZlibDecoder::new(data).take(most as u64).read_to_end(&mut out);
            }
            Self::Lzw => lzw(data, most, &mut out),
            Self::Ascii85 => ascii_85(data, &mut out),
            Self::AsciiHex => ascii_hex(data, &mut out),
            Self::RunLength => run_length(data, most, &mut out),
        }
        out.truncate(most);
        out
    }
}

fn lzw(mut data: &[u8], most: usize, out: &mut Vec<u8>) {
    let mut decoder = Decoder::with_tiff_size_switch(BitOrder::Msb, 8);
    let mut buffer = vec![0; 1 << 16];
    while out.len() < most {
        let step = decoder.decode_bytes(data, &mut buffer);
        out.extend_from_slice(&buffer[..step.consumed_out]);
        data = &data[step.consumed_in..];
        if !matches!(step.status, Ok(LzwStatus::Ok)) {
            break;
        }
    }
}

/// Five letters are four bytes, and `z` is four times nought.
fn ascii_85(data: &[u8], out: &mut Vec<u8>) {
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for byte in data {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            out.extend(four(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let length = group.len() - 1;
        group.resize(5, 84);
        out.extend(&four(&group)[..length]);
    }
}

fn four(group: &[u8]) -> [u8; 4] {
    group.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit))).to_be_bytes()
}

fn ascii_hex(data: &[u8], out: &mut Vec<u8>) {
    let digits = data.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u32> = digits.collect();
    out.extend(digits.chunks(2).filter_map(|pair| u8::try_from(pair[0] * 16 + pair.get(1).unwrap_or(&0)).ok()));
}

/// A length below 128 is followed by one byte more than it says, a length above it by a byte that is repeated.
fn run_length(mut data: &[u8], most: usize, out: &mut Vec<u8>) {
    while let [length, rest @ ..] = data {
        if *length == 128 || out.len() >= most {
            return;
        }
        let (used, bytes) = if *length < 128 {
            let used = (usize::from(*length) + 1).min(rest.len());
            (used, rest[..used].to_vec())
        } else {
            (rest.len().min(1), rest.iter().take(1).copied().collect::<Vec<u8>>().repeat(257 - usize::from(*length)))
        };
        out.extend(bytes);
        data = &rest[used..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_unpacked_by_each_filter() {
        let cases: [(Filter, &[u8], &[u8]); 4] = [
            (Filter::Ascii85, b"87cURD]i,\"Ebo80~>", b"Hello World!"),
            (Filter::AsciiHex, b"48 65 6C6c 6F>", b"Hello"),
            (Filter::RunLength, &[1, b'a', b'b', 254, b'c', 128, 9], b"abccc"),
            (
                Filter::Lzw,
                &[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01],
                &[45, 45, 45, 45, 45, 65, 45, 45, 45, 66],
            ),
        ];
        for (filter, data, expected) in cases {
            assert_eq!(filter.unpack(data, 1000), expected, "{filter:?}");
        }
        assert_eq!(Filter::RunLength.unpack(&[129, b'a', 129, b'a'], 200).len(), 201);
    }

    #[test]
    fn filters_are_applied_in_the_order_of_their_names() {
        let head = b"<</Filter[/ASCII85Decode /LZWDecode]/Length 9>>";
        assert_eq!(of(head, b"x"), [Filter::Ascii85, Filter::Lzw]);
        assert_eq!(of(b"<<>>", &[0x78, 0x9c]), [Filter::Flate]);
    }
}
