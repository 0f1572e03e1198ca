//! Where a comment belongs: a passage of the article, by its words and those around it, and by its place.
//!
//! The forms are the W3C's TextQuoteSelector and TextPositionSelector
//! (<https://www.w3.org/TR/annotation-model/#selectors>); positions count Unicode code points in the
//! article's blocks, one line each.

use crate::json::{Object, as_number, as_text};

/// A passage, as it was when the comment was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The passage.
    pub exact: String,
    /// The words before it.
    pub prefix: String,
    /// The words behind it.
    pub suffix: String,
    /// Where it began, in code points.
    pub start: usize,
    /// Where it ended.
    pub end: usize,
}

/// The words of an article, in which passages are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    text: String,
    chars: Vec<char>,
    /// Where each of them begins, and where the last one ends, in bytes.
    bytes: Vec<usize>,
}

impl Body {
    /// The body of this text: its blocks, one line each.
    pub fn new(text: String) -> Body {
        let chars = text.chars().collect();
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Body { text, chars, bytes }
    }

    /// Its words.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// How many code points around a passage are kept with it.
const CONTEXT: usize = 32;

impl Anchor {
    /// The anchor of the passage at bytes `start..end`; `None` where that is no passage.
    ///
    /// ```
    /// use dixit_reader::comments::{Anchor, Body};
    /// let body = Body::new("She said “go”, and he went.".into());
    /// let anchor = Anchor::of(&body, 9, 17).unwrap();
    /// assert_eq!((anchor.exact.as_str(), anchor.start, anchor.end), ("“go”", 9, 13));
    /// assert_eq!(anchor.find(&Body::new("Then she said “go”, and he went.".into())), Some(14..22));
    /// assert_eq!(anchor.find(&Body::new("Nothing of the kind.".into())), None);
    /// ```
    pub fn of(body: &Body, start: usize, end: usize) -> Option<Anchor> {
        let point = |byte| body.bytes.binary_search(&byte).ok();
        let (from, to) = (point(start)?, point(end)?);
        let words = |range: std::ops::Range<usize>| {
            body.chars.get(range).unwrap_or_default().iter().collect::<String>()
        };
        let exact = words(from..to);
        (!exact.trim().is_empty()).then(|| Anchor {
            exact,
            prefix: words(from.saturating_sub(CONTEXT)..from),
            suffix: words(to..(to + CONTEXT).min(body.chars.len())),
            start: from,
            end: to,
        })
    }

    /// Reads the stored form: `{"quote":{"exact","prefix","suffix"},"position":{"start","end"}}`.
    pub fn read(json: &str) -> Option<Anchor> {
        let mut fields = Object::read(json)?;
        let mut quote = Object::read(&fields.take("quote")?)?;
        let mut words = |name| quote.take(name).as_deref().map(as_text);
        let exact = words("exact")??;
        let prefix = words("prefix").unwrap_or(Some(String::new()))?;
        let suffix = words("suffix").unwrap_or(Some(String::new()))?;
        let mut position = fields.take("position").and_then(|json| Object::read(&json));
        let mut place = |name| {
            let number = position.as_mut()?.take(name).as_deref().and_then(as_number)?;
            usize::try_from(number).ok()
        };
        let (start, end) = (place("start").unwrap_or(0), place("end").unwrap_or(0));
        (!exact.trim().is_empty()).then_some(Anchor { exact, prefix, suffix, start, end })
    }

    /// Writes the stored form.
    pub fn write(&self) -> String {
        let mut quote = Object::default();
        quote.put_text("exact", &self.exact);
        quote.put_text("prefix", &self.prefix);
        quote.put_text("suffix", &self.suffix);
        let mut position = Object::default();
        position.put_number("start", i64::try_from(self.start).unwrap_or(i64::MAX));
        position.put_number("end", i64::try_from(self.end).unwrap_or(i64::MAX));
        let mut fields = Object::default();
        fields.put("quote", quote.write());
        fields.put("position", position.write());
        fields.write()
    }

    /// Where the passage stands in an article now, in bytes; `None` where that cannot be told well enough:
    /// nothing is like it, or several places are and none is where it was.
    pub fn find(&self, body: &Body) -> Option<std::ops::Range<usize>> {
        if let Some(place) = self.unmoved(body) {
            return Some(place);
        }
        let found = approximate(self, &body.chars)?;
        // What only stands between the same words as the passage did is not the passage.
        let exact: Vec<char> = self.exact.chars().take(LONGEST).collect();
        let words = body.chars.get(found.clone())?;
        let words = &words[..words.len().min(LONGEST)];
        let differs = Rows::of(&exact, words).at(exact.len(), words.len()) as usize;
        let same = differs * 2 <= exact.len();
        let byte = |point| body.bytes.get(point).copied();
        Some(byte(found.start)?..byte(found.end)?).filter(|_| same)
    }

    /// The passage at its old place, with the same words around it.
    fn unmoved(&self, body: &Body) -> Option<std::ops::Range<usize>> {
        let start = *body.bytes.get(self.start)?;
        let end = start + self.exact.len();
        let (before, rest) = body.text.split_at_checked(start)?;
        let same = rest.starts_with(&self.exact)
            && before.ends_with(&self.prefix)
            && body.text.get(end..)?.starts_with(&self.suffix);
        same.then_some(start..end)
    }
}

/// Longer passages are found by their beginning and their end.
const LONGEST: usize = 400;
/// Of so many code points of a passage with what is around it one may differ.
const FLOOR: usize = 3;
/// By so many code points, for each that there are, the runner-up must be worse.
const MARGIN: usize = 8;
/// More places than these that are alike are not told apart.
const RIVALS: usize = 40;
/// How far a passage may drift while letters before it change and no lines come or go, in code points; a fiftieth of
/// what stands before it comes to that.
const DRIFT: usize = 40;

/// The passage in `text`, in code points.
fn approximate(anchor: &Anchor, text: &[char]) -> Option<std::ops::Range<usize>> {
    let chars = |s: &str| s.chars().collect::<Vec<char>>();
    let (prefix, exact, suffix) =
        (chars(&anchor.prefix), chars(&anchor.exact), chars(&anchor.suffix));
    if exact.len() <= LONGEST {
        let whole = [&prefix[..], &exact, &suffix].concat();
        let region = best(&whole, text, anchor.start.saturating_sub(prefix.len()))?;
        let inner = prefix.len()..prefix.len() + exact.len();
        return within(&whole, inner, &text[region.clone()], region.start);
    }
    let half = LONGEST / 2;
    let head = [&prefix[..], &exact[..half]].concat();
    let tail = [&exact[exact.len() - half..], &suffix].concat();
    let first = best(&head, text, anchor.start.saturating_sub(prefix.len()))?;
    let last = best(&tail, text, anchor.end.saturating_sub(half))?;
    let inner = prefix.len()..head.len();
    let start = within(&head, inner, &text[first.clone()], first.start)?.start;
    let end = within(&tail, 0..half, &text[last.clone()], last.start)?.end;
    // What was cut apart, or has grown together with something else, is not the passage.
    let length = end.checked_sub(start)?;
    (length * 2 >= exact.len() && length <= exact.len() * 2).then_some(start..end)
}

/// The region of `text` that is most like `pattern`, where one is like it enough and no other nearly as much; of
/// several the one that is where it was, which began at `place`, where the others are far from there.
fn best(pattern: &[char], text: &[char], place: usize) -> Option<std::ops::Range<usize>> {
    let ends = Ends::of(pattern, text);
    let (end, errors) = ends.least(0..text.len())?;
    if errors * FLOOR > pattern.len() {
        return None;
    }
    // Another place is one that does not overlap this one by more than half.
    let apart = pattern.len() / 2;
    let margin = (pattern.len() / MARGIN).max(2);
    let mut alike = vec![(end, errors)];
    let mut open = vec![0..end.saturating_sub(apart), (end + apart).min(text.len())..text.len()];
    while let Some(range) = open.pop() {
        let Some((end, e)) = ends.least(range.clone()).filter(|(_, e)| *e < errors + margin) else {
            continue;
        };
        alike.push((end, e));
        if alike.len() > RIVALS {
            return None;
        }
        open.push(range.start..end.saturating_sub(apart).max(range.start));
        open.push((end + apart).min(range.end)..range.end);
    }
    let distance = |end: usize| end.abs_diff(place + pattern.len());
    let near = *alike.iter().min_by_key(|(end, _)| distance(*end))?;
    let others = alike.iter().filter(|other| **other != near).map(|(end, _)| distance(*end));
    let clear = others.min().is_none_or(|other| {
        let here = distance(near.0);
        here <= DRIFT + place / 50 && other >= 4 * here + DRIFT
    });
    let (end, errors) = near;
    clear.then(|| start_of(pattern, &text[..end], errors)..end)
}

/// For each end of a part of a text, how little the pattern differs from the likest part that ends there.
struct Ends(Vec<u32>);

impl Ends {
    /// Sellers' algorithm (1980) by columns; of work as much as the pattern's length times the text's.
    /// `Ends` of the bits of machine words, as Myers (1999) has them: 64 rows at a time.
    fn of(pattern: &[char], text: &[char]) -> Ends {
        let n_words = pattern.len().div_ceil(64).max(1);
        // Few letters differ: a list of them is looked through as fast as anything.
        let mut letters: Vec<char> = Vec::new();
        let mut masks: Vec<u64> = Vec::new();
        for (i, c) in pattern.iter().enumerate() {
            let letter = letters.iter().position(|l| l == c).unwrap_or_else(|| {
                letters.push(*c);
                masks.resize(letters.len() * n_words, 0);
                letters.len() - 1
            });
            masks[letter * n_words + i / 64] |= 1 << (i % 64);
        }
        let (mut plus, mut minus) = (vec![u64::MAX; n_words], vec![0_u64; n_words]);
        let last = (pattern.len() + 63) % 64;
        let mut score = u32::try_from(pattern.len()).unwrap_or(u32::MAX);
        let none = vec![0_u64; n_words];
        let mut out = Vec::with_capacity(text.len());
        for c in text {
            let mask = match letters.iter().position(|l| l == c) {
                Some(letter) => &masks[letter * n_words..(letter + 1) * n_words],
                None => &none[..],
            };
            // A part may begin anywhere: nothing is carried into the first row.
            let (mut carry_plus, mut carry_minus) = (0_u64, 0_u64);
            for word in 0..n_words {
                let eq = mask[word] | carry_minus;
                let (pv, mv) = (plus[word], minus[word]);
                let xv = mask[word] | mv;
                let xh = (((eq & pv).wrapping_add(pv)) ^ pv) | eq;
                let mut ph = mv | !(xh | pv);
                let mut mh = pv & xh;
                if word + 1 == n_words {
                    score += u32::from(ph >> last & 1 == 1);
                    score -= u32::from(mh >> last & 1 == 1);
                }
                let (out_plus, out_minus) = (ph >> 63, mh >> 63);
                ph = ph << 1 | carry_plus;
                mh = mh << 1 | carry_minus;
                plus[word] = mh | !(xv | ph);
                minus[word] = ph & xv;
                (carry_plus, carry_minus) = (out_plus, out_minus);
            }
            out.push(score);
        }
        Ends(out)
    }

    /// Of the ends in `range` the first with the fewest differences, and how many; an end is that of the
    /// part before it.
    fn least(&self, range: std::ops::Range<usize>) -> Option<(usize, usize)> {
        let scores = self.0.get(range.clone())?;
        let at = (0..scores.len()).min_by_key(|&i| scores[i])?;
        Some((range.start + at + 1, scores[at] as usize))
    }
}

/// Where the part begins that ends with `text` and differs from `pattern` by `errors`: found by the same, backwards.
fn start_of(pattern: &[char], text: &[char], errors: usize) -> usize {
    let reach = (pattern.len() + errors).min(text.len());
    let backwards: Vec<char> = text[text.len() - reach..].iter().rev().copied().collect();
    let pattern: Vec<char> = pattern.iter().rev().copied().collect();
    let rows = Rows::of(&pattern, &backwards);
    let length = (0..=backwards.len()).min_by_key(|&j| rows.at(pattern.len(), j)).unwrap_or(reach);
    text.len() - length
}

/// Where `inner` of `pattern` stands in `region`, which is like the pattern; with `offset` added.
fn within(
    pattern: &[char],
    inner: std::ops::Range<usize>,
    region: &[char],
    offset: usize,
) -> Option<std::ops::Range<usize>> {
    let rows = Rows::of(pattern, region);
    let (mut i, mut j) = (pattern.len(), region.len());
    let (mut start, mut end) = (0, region.len());
    // Back along a way of fewest differences: what stands where the passage's edges are met.
    while i > 0 || j > 0 {
        if i == inner.end {
            end = end.min(j);
        }
        let here = rows.at(i, j);
        let same = i > 0 && j > 0 && pattern[i - 1] == region[j - 1];
        if i > 0 && j > 0 && rows.at(i - 1, j - 1) + u32::from(!same) == here {
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && rows.at(i - 1, j) + 1 == here {
            i -= 1;
        } else {
            j = j.checked_sub(1)?;
        }
        if i == inner.start {
            start = j;
        }
        if i == inner.end {
            end = j;
        }
    }
    (start < end).then_some(offset + start..offset + end)
}

/// The differences between every beginning of one text and of another.
struct Rows {
    width: usize,
    cells: Vec<u32>,
}

impl Rows {
    fn of(a: &[char], b: &[char]) -> Rows {
        let width = b.len() + 1;
        let mut cells: Vec<u32> = (0..width as u32).collect();
        cells.reserve(a.len() * width);
        for (i, x) in a.iter().enumerate() {
            cells.push(i as u32 + 1);
            for (j, y) in b.iter().enumerate() {
                let above = i * width + j;
                let swap = cells[above] + u32::from(x != y);
                let skip = cells[above + 1].min(cells[above + width]) + 1;
                cells.push(swap.min(skip));
            }
        }
        Rows { width, cells }
    }

    fn at(&self, i: usize, j: usize) -> u32 {
        self.cells.get(i * self.width + j).copied().unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Body {
        Body::new(text.to_owned())
    }

    /// How much two texts differ, by the plain table.
    fn plain(pattern: &[char], text: &[char]) -> Vec<u32> {
        let mut column: Vec<u32> = (0..=pattern.len() as u32).collect();
        let mut out = Vec::new();
        for c in text {
            let mut above_left = 0;
            for i in 0..pattern.len() {
                let swap = above_left + u32::from(pattern[i] != *c);
                above_left = column[i + 1];
                let above = if i == 0 { 0 } else { column[i] };
                column[i + 1] = swap.min(above + 1).min(above_left + 1);
            }
            column[0] = 0;
            out.push(column[pattern.len()]);
        }
        out
    }

    #[test]
    fn the_bits_say_what_the_table_says() {
        let mut seed = 3_u64;
        let mut letter = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'a' + (seed >> 40) as u8 % n as u8)
        };
        for length in [1, 5, 63, 64, 65, 128, 200] {
            let pattern: Vec<char> = (0..length).map(|_| letter(3)).collect();
            let text: Vec<char> = (0..300).map(|_| letter(3)).collect();
            assert_eq!(Ends::of(&pattern, &text).0, plain(&pattern, &text), "{length}");
        }
    }

    #[test]
    fn a_passage_is_found_where_it_went_or_not_at_all() {
        let text = "The council met on Monday. “We are not closing the school,” said Ann Lee. Rain fell. The mayor left early, and nobody followed.";
        let at = |part: &str| {
            let start = text.find(part).expect("a part");
            Anchor::of(&body(text), start, start + part.len()).expect("a passage")
        };
        let school = at("We are not closing the school");
        for (what, now, found) in [
            ("unchanged", text.to_owned(), Some("We are not closing the school")),
            ("moved", format!("Corrected at noon.\n{text}"), Some("We are not closing the school")),
            (
                "changed a little",
                text.replace("not closing", "never closing"),
                Some("We are never closing the school"),
            ),
            (
                "taken out",
                text.replace("“We are not closing the school,” said Ann Lee. ", ""),
                None,
            ),
            (
                "other words in its place",
                text.replace("We are not closing the school", "It may rain tomorrow, I think"),
                None,
            ),
            ("nothing left", String::new(), None),
        ] {
            assert_eq!(
                school.find(&body(&now)).map(|place| now[place].to_owned()).as_deref(),
                found,
                "{what}"
            );
        }
    }

    #[test]
    fn of_two_places_that_are_alike_neither_is_taken() {
        let line = "He said that he would not go there again, whatever they say of him now.\n";
        let text = [line, line].concat();
        let anchor = Anchor::of(&body(&text), 8, 30).expect("a passage");
        assert_eq!(anchor.find(&body(&text)), Some(8..30), "unmoved");
        let moved = ["Something new stands here.\n", line, line, line].concat();
        assert_eq!(anchor.find(&body(&moved)), None);
        // The words around it tell them apart.
        let told = [
            "First.\n",
            line,
            "Then came the other one, with a hat and a stick and a dog.\n",
            line,
        ]
        .concat();
        let second = told.rfind("that he would").expect("a part");
        let anchor = Anchor::of(&body(&told), second, second + 22).expect("a passage");
        let later = ["News. ", &told].concat();
        assert_eq!(anchor.find(&body(&later)), Some(second + 6..second + 28));
    }

    #[test]
    fn it_is_stored_and_read_back() {
        let anchor = Anchor::of(&body("Ќе одиме „сега“, рече."), 0, 15).expect("a passage");
        assert_eq!(Anchor::read(&anchor.write()), Some(anchor));
        for bad in ["", "{}", "[]", r#"{"quote":{"exact":" "}}"#, r#"{"quote":{"exact":7}}"#] {
            assert_eq!(Anchor::read(bad), None, "{bad}");
        }
        let bare = Anchor::read(r#"{"quote":{"exact":"go"},"position":{"start":-1}}"#);
        assert_eq!(bare.map(|a| (a.exact, a.start)), Some(("go".into(), 0)));
    }

    #[test]
    fn long_passages_are_found_by_their_ends() {
        let words: Vec<String> = (0..900).map(|n| format!("word{}", n * n % 977)).collect();
        let text = words.join(" ");
        let anchor = Anchor::of(&body(&text), 500, 4000).expect("a passage");
        let now = ["New. ", &text[..2000], &text[2008..]].concat();
        let place = anchor.find(&body(&now)).expect("it is there");
        assert!(place.start.abs_diff(505) < 3 && place.end.abs_diff(3997) < 12, "{place:?}");
    }
}
