//! Compares the operations of a page with the result of another reader, and checks wrong syntax.

use lopdf::content::Content;

use super::*;

fn read(stream: &[u8]) -> Result<Vec<(String, Vec<Object>)>, Error> {
    let (mut operations, mut operands, mut all) = (Operations::new(stream), Vec::new(), Vec::new());
    while let Some(operator) = operations.read(&mut operands)? {
        all.push((String::from_utf8_lossy(operator).into_owned(), operands.clone()));
    }
    Ok(all)
}

#[test]
fn valid_syntax_is_read_as_by_another_reader() {
    let streams: [&[u8]; 8] = [
        b"",
        b"q 1 0 0 -1 72.5 .5 cm\nBT /F1 12 Tf [(A) -120 (B)] TJ T* (a) ' 1 2 (b) \" ET Q",
        b"/P <</MCID 0/Lang(ru-RU)>> BDC (x)Tj EMC /Artifact<</Type/Pagination /A [1 [2] true null]>>BDC EMC",
        b"(a(b)c \\(\\)\\\\ \\n\\r\\t\\b\\f \\101\\7\\07x \\\nend)Tj",
        b"(one\r\ntwo\rthree \\\r\nfour) Tj",
        b"<48 65 6c6C 6> Tj <> Tj /Span<</ActualText<FEFF00AD>>>BDC",
        b"/A#20B gs +1 -2.5 -.5 5. 0 0 re f* W* n /Span<<>>BDC EMC",
        b"0 0 0 1 k 0.5 g [ ] 0 d /x0 Do 1 0 0 rg\0\x0c\r\n S",
    ];
    for stream in streams {
        let ours = read(stream).unwrap_or_else(|fault| panic!("{fault}: {}", stream.escape_ascii()));
        let theirs = Content::decode_strict(stream).expect("another reader understands it").operations;
        let theirs: Vec<_> = theirs.into_iter().map(|one| (one.operator, one.operands)).collect();
        assert_eq!(ours, theirs, "{}", stream.escape_ascii());
    }
}

#[test]
fn invalid_syntax_is_a_fault() {
    let streams: [&[u8]; 27] = [
        b"BT ET ) Tj",
        b"BT (never closed Tj ET",
        b"BT (a\\) Tj ET",
        b"(a\\q) Tj",
        b"(a\\777) Tj",
        b"(a\\",
        b"(left over)",
        b"<4G> Tj",
        b"<48",
        b"[(a) Tj",
        b"[(a)> TJ",
        b"<</MCID 0 BDC",
        b"<</MCID>> BDC",
        b"<<0 /MCID>> BDC",
        b"/P <</MCID 0/MCID 1>> BDC",
        b"/A#2 gs",
        b"/A#GG gs",
        b"1e5 w",
        b"1-2 w",
        b"1.2.3 w",
        b"- w",
        b"99999999999999999999 w",
        b"q % comment\nQ",
        b"BI /W 1 /H 1 ID x EI",
        b"(a) show",
        b"[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]] TJ",
        b"{ } Tj",
    ];
    for stream in streams {
        assert!(read(stream).is_err(), "{}", stream.escape_ascii());
    }
}
