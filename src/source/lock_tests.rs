//! Tests of the lock: round trip, edits by hand, and look-up.

use super::*;

fn locked(source: &str, at: Locator, quote: &str) -> Locked {
    Locked {
        source: source.to_owned(),
        at,
        quote: Fingerprint::of(quote),
        verdict: "verified".to_owned(),
        tier: "exact".to_owned(),
        paragraph: 3,
        checked: day("2031-10-05").expect("a date"),
        copy: Digest([0xAB; 32]),
        extractor: Extractor::default(),
        normaliser: 1,
    }
}

fn sample() -> Lock {
    [
        locked("no", Locator::Para(12), "six years"),
        locked("herald", Locator::Para(2), "sent “her” home"),
        locked("herald", Locator::Page(2), "b"),
        locked("a \"b\": {c}", Locator::PagePara { page: 1, para: 2 }, "c"),
    ]
    .into_iter()
    .collect()
}

fn read(text: &str) -> (Lock, Vec<(&'static str, usize)>) {
    let (lock, problems) = Lock::read(&"citations.lock".into(), text);
    let found = problems.iter().map(|problem| (problem.code.name(), problem.primary.place.line)).collect();
    (lock, found)
}

#[test]
fn a_written_lock_is_read_again() {
    let open = LockedQuestions { claim: "facts.\"a\", seal: b".to_owned(), seal: "1a2b3c4d".to_owned(), open: 2 };
    let asked = sample().with_questions([open.clone()]);
    assert_eq!(asked.questions(&open.claim, "1a2b3c4d"), 2);
    assert_eq!(asked.questions(&open.claim, "0a0b0c0d"), 0, "another text has other questions");
    for lock in [Lock::default(), sample(), asked, Lock::default().with_questions([open])] {
        let text = lock.write();
        let (again, problems) = read(&text);
        assert_eq!(problems, []);
        assert_eq!(again, lock);
        assert_eq!(again.write(), text);
    }
    assert!(sample().write().starts_with("# Written by `amparo check CASE --lock`."));
    assert_eq!(sample().write().lines().count(), 4 + 4);
}

#[test]
fn an_unchanged_lock_is_read_without_yaml() {
    let lock: Lock = [
        locked("no", Locator::Para(12), "six years"),
        locked("a, at: {c}", Locator::PagePara { page: 1, para: 2 }, "c"),
        locked("herald", Locator::Page(2), "b"),
    ]
    .into_iter()
    .collect();
    assert_eq!(Lock::unchanged(&lock.write()), None, "an id that looks like the next key is left to YAML");
    assert_eq!(read(&lock.write()), (lock.clone(), Vec::new()));
    let plain: Lock = lock.entries().iter().filter(|entry| !entry.source.contains(' ')).cloned().collect();
    assert_eq!(Lock::unchanged(&plain.write()), Some(plain.clone()));
    assert_eq!(Lock::unchanged(&plain.write().replace("para 12", "para 13")), None);
    assert_eq!(Lock::unchanged(&sample().write()), Some(sample()));
}

#[test]
fn characters_that_hide_in_a_lock_are_found() {
    for bad in ["\u{1}", "\u{202E}"] {
        let lock: Lock = [locked(&format!("no{bad}"), Locator::Para(1), "x")].into_iter().collect();
        assert_eq!(read(&lock.write()).1.first().map(|problem| problem.0), Some("case/control-character"), "{bad:?}");
    }
}

#[test]
fn line_ends_of_another_system_break_nothing() {
    assert_eq!(
        read(&sample().write().replace('\n', "\r\n")).1.iter().map(|p| p.0).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

#[test]
fn an_entry_is_found_by_source_place_and_words() {
    let lock = sample();
    let table = [
        ("no", Locator::Para(12), "six years", true),
        ("no", Locator::Para(12), "seven years", false),
        ("no", Locator::Para(12), "six  years", false),
        ("no", Locator::Para(13), "six years", false),
        ("herald", Locator::Para(12), "six years", false),
    ];
    for (source, at, quote, found) in table {
        assert_eq!(lock.find(source, at, quote).is_some(), found, "{source} {at} {quote}");
    }
}

#[test]
fn a_hand_edit_is_noticed_and_the_lock_gives_no_entries() {
    let text = sample().write();
    let last = text.lines().last().map(str::to_owned).unwrap_or_default();
    let edits = [
        (text.replace("at: para 12", "at: para 13"), ("cite/lock-stale", 3)),
        (text.replace("2031-10-05", "2031-10-06"), ("cite/lock-stale", 3)),
        (text.replace(&last, ""), ("cite/lock-stale", 3)),
        (text.replace("seal: sha256:", "seal: sha256:0"), ("cite/lock-stale", 3)),
        (text.replace("at: para 12", "at: paragraph 12"), ("cite/lock-stale", 8)),
        (text.replace("version: 1\nseal", "version: 2\nseal"), ("cite/lock-stale", 2)),
        (text.replace("normaliser", "normalizer"), ("case/unknown-key", 5)),
    ];
    for (text, expected) in edits {
        let (lock, problems) = read(&text);
        assert_eq!(problems.first(), Some(&expected), "{text}");
        assert!(lock.find("no", Locator::Para(12), "six years").is_none());
    }
}

#[test]
fn the_later_of_two_checks_is_kept() {
    let first = locked("a", Locator::Para(1), "x");
    let second = Locked { checked: day("2032-01-01").expect("a date"), ..first.clone() };
    let lock: Lock = [first, second.clone()].into_iter().collect();
    assert_eq!(lock.entries(), [second]);
}
