//! English spelling of regular inflections: from a lemma to the forms that are written.
//!
//! Where spelling depends on stress or country ("signaled", "signalled"), all ways are given.

/// Forms of a verb.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inflected {
    /// Third person singular.
    pub third: String,
    /// Past tense and participle.
    pub past: Vec<String>,
    /// Present participle.
    pub gerund: Vec<String>,
}

/// Letters of a word that are spoken as vowels: "u" behind "q" is none, "y" is one but at the beginning.
fn vowels(word: &[u8]) -> Vec<bool> {
    let vowel = |(i, &c): (usize, &u8)| match c {
        b'a' | b'e' | b'i' | b'o' => true,
        b'u' => i == 0 || word[i - 1] != b'q',
        b'y' => i > 0,
        _ => false,
    };
    word.iter().enumerate().map(vowel).collect()
}

/// How the stem is written before an ending that begins with a vowel: as it is, with the last letter twice, or both.
fn stems(verb: &str) -> Vec<String> {
    let word = verb.as_bytes();
    let plain = vec![verb.to_owned()];
    let n = word.len();
    if n < 3 {
        return plain;
    }
    let vowels = vowels(word);
    let last = word[n - 1];
    if last == b'c' && vowels[n - 2] && n > 3 {
        return vec![format!("{verb}k")];
    }
    let mut doubled = plain.clone();
    doubled[0].push(last as char);
    let groups = (0..n).filter(|&i| vowels[i] && (i == 0 || !vowels[i - 1])).count();
    let short = vowels[n - 2] && !vowels[n - 3];
    let weak_pair = [b"ue", b"ia"].iter().any(|pair| word[..n - 1].ends_with(*pair));
    if last == b'l' && ((short && groups > 1) || weak_pair) {
        return vec![plain[0].clone(), doubled[0].clone()];
    }
    if vowels[n - 1] || !short || matches!(last, b'w' | b'x' | b'h') {
        return plain;
    }
    match groups {
        1 => doubled,
        _ => vec![plain[0].clone(), doubled[0].clone()],
    }
}

/// A noun or verb with "s".
pub fn with_s(word: &str) -> String {
    let consonant_before = |ending: char| {
        word.strip_suffix(ending)
            .is_some_and(|stem| !stem.is_empty() && !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
    };
    if consonant_before('y') {
        format!("{}ies", &word[..word.len() - 1])
    } else if word.ends_with(['s', 'x', 'z'])
        || word.ends_with("ch")
        || word.ends_with("sh")
        || consonant_before('o')
    {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// The regular forms of a verb of small ASCII letters.
pub fn inflect(verb: &str) -> Inflected {
    let third = with_s(verb);
    let stem_y = verb.strip_suffix('y').filter(|s| !s.is_empty() && !s.ends_with(['a', 'e', 'i', 'o', 'u']));
    let past = match (verb.strip_suffix('e'), stem_y) {
        (Some(_), _) => vec![format!("{verb}d")],
        (_, Some(stem)) => vec![format!("{stem}ied")],
        _ => stems(verb).iter().map(|stem| format!("{stem}ed")).collect(),
    };
    let gerund = match verb.strip_suffix('e') {
        Some(stem) if stem.ends_with('i') => vec![format!("{}ying", &stem[..stem.len() - 1])],
        Some(stem) if !stem.ends_with(['e', 'o', 'y']) && stem.len() > 1 => vec![format!("{stem}ing")],
        Some(_) => vec![format!("{verb}ing")],
        None => stems(verb).iter().map(|stem| format!("{stem}ing")).collect(),
    };
    Inflected { third, past, gerund }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_are_spelled_as_usual() {
        for (verb, third, past, gerund) in [
            ("raid", "raids", "raided", "raiding"),
            ("trade", "trades", "traded", "trading"),
            ("bomb", "bombs", "bombed", "bombing"),
            ("ban", "bans", "banned", "banning"),
            ("equip", "equips", "equipped", "equipping"),
            ("deny", "denies", "denied", "denying"),
            ("deploy", "deploys", "deployed", "deploying"),
            ("veto", "vetoes", "vetoed", "vetoing"),
            ("free", "frees", "freed", "freeing"),
            ("die", "dies", "died", "dying"),
            ("panic", "panics", "panicked", "panicking"),
            ("tow", "tows", "towed", "towing"),
            ("fix", "fixes", "fixed", "fixing"),
            ("massacre", "massacres", "massacred", "massacring"),
            ("repair", "repairs", "repaired", "repairing"),
            ("stay", "stays", "stayed", "staying"),
        ] {
            let forms = inflect(verb);
            assert_eq!(forms.third, third);
            assert!(forms.past.iter().any(|f| f == past), "{forms:?}");
            assert!(forms.gerund.iter().any(|f| f == gerund), "{forms:?}");
        }
        assert_eq!(inflect("ban").past, ["banned"]);
        assert_eq!(inflect("signal").past, ["signaled", "signalled"]);
        assert_eq!(inflect("fuel").past, ["fueled", "fuelled"]);
        assert_eq!(inflect("permit").gerund, ["permiting", "permitting"]);
        assert_eq!(inflect("fail").past, ["failed"]);
    }
}
