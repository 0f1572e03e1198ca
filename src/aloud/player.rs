//! What is read aloud now and what comes next, as a pure machine: it takes what happens and answers what is to be done.

use super::Utterance;

/// What became of something that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was said.
    Ended,
    /// It could not be said.
    Failed,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Nothing.
    Nothing,
    /// The utterance of this index is to be said, after silence; the ticket comes back with what became of it.
    Speak(usize, usize),
    /// Silence.
    Silence,
}

/// A place in a list of utterances, and whether it is being read.
///
/// Pausing falls silent and reads the utterance again from its beginning, since browsers on phones cannot pause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    utterances: Vec<Utterance>,
    at: usize,
    playing: bool,
    /// Goes up with every command: what is told of an earlier one does not count.
    ticket: usize,
    /// How many utterances failed one after another.
    n_failed: usize,
}

impl Player {
    /// At the first utterance that reaches behind byte `from` of block `block`.
    pub fn new(utterances: Vec<Utterance>, block: usize, from: usize) -> Player {
        let is_behind = |u: &Utterance| (u.block, u.end) > (block, from);
        let at = utterances.iter().position(is_behind).unwrap_or(0);
        Player { utterances, at, playing: false, ticket: 0, n_failed: 0 }
    }

    /// What is being read, or will be.
    pub fn now(&self) -> Option<&Utterance> {
        self.utterances.get(self.at)
    }

    /// The nth utterance.
    pub fn get(&self, n: usize) -> Option<&Utterance> {
        self.utterances.get(n)
    }

    /// Those who say something, in the order in which they are heard first.
    pub fn speakers(&self) -> Vec<usize> {
        let mut speakers = Vec::new();
        for speaker in self.utterances.iter().filter_map(|u| u.speaker) {
            if !speakers.contains(&speaker) {
                speakers.push(speaker);
            }
        }
        speakers
    }

    /// Whether it is being read.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// Whether the browser cannot speak: three utterances failed one after another.
    pub fn is_mute(&self) -> bool {
        self.n_failed >= 3
    }

    /// Reads on, or pauses.
    pub fn toggle(&mut self) -> Command {
        self.playing = !self.playing;
        self.n_failed = 0;
        self.command()
    }

    /// Reads again from the beginning of the utterance, where it is being read: it is to sound otherwise.
    pub fn again(&mut self) -> Command {
        if self.playing { self.command() } else { Command::Nothing }
    }

    /// Goes to the next passage, or the one before: the next block, or another voice.
    pub fn skip(&mut self, forwards: bool) -> Command {
        let passage = |u: &Utterance| (u.block, u.quotation);
        let now = self.now().map(passage);
        let all = &self.utterances;
        let to = if forwards {
            (self.at..all.len()).find(|&n| all.get(n).map(passage) != now)
        } else {
            let other = (0..self.at).rev().find(|&n| all.get(n).map(passage) != now);
            let of = other.and_then(|n| all.get(n)).map(passage);
            (0..self.at).find(|&n| of.is_some() && all.get(n).map(passage) == of).or(Some(0))
        };
        let Some(to) = to else { return Command::Nothing };
        self.at = to;
        self.again()
    }

    /// Goes to a place, and reads from there.
    pub fn go(&mut self, block: usize, from: usize) -> Command {
        let is_behind = |u: &Utterance| (u.block, u.end) > (block, from);
        self.at = self.utterances.iter().position(is_behind).unwrap_or(self.at);
        self.playing = true;
        self.n_failed = 0;
        self.command()
    }

    /// Takes what became of the utterance with this ticket.
    pub fn told(&mut self, ticket: usize, told: Told) -> Command {
        if ticket != self.ticket || !self.playing {
            return Command::Nothing;
        }
        self.n_failed = if told == Told::Failed { self.n_failed + 1 } else { 0 };
        if self.is_mute() || self.at + 1 >= self.utterances.len() {
            // At the end it begins anew when it is wanted again.
            self.at = if self.is_mute() { self.at } else { 0 };
            self.playing = false;
            return self.command();
        }
        self.at += 1;
        self.command()
    }

    fn command(&mut self) -> Command {
        self.ticket += 1;
        if self.playing && self.at < self.utterances.len() {
            Command::Speak(self.at, self.ticket)
        } else {
            self.playing = false;
            Command::Silence
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three of block 0 (narrator, a quotation in two chunks), one of block 2.
    fn player() -> Player {
        let u = |block, start, quotation| Utterance {
            block,
            start,
            end: start + 10,
            speaker: quotation,
            quotation,
        };
        Player::new(vec![u(0, 0, None), u(0, 10, Some(0)), u(0, 20, Some(0)), u(2, 0, None)], 0, 0)
    }

    #[test]
    fn one_follows_the_other_until_the_end() {
        let mut player = player();
        assert_eq!(player.toggle(), Command::Speak(0, 1));
        for (n, next) in
            [(1, Command::Speak(1, 2)), (2, Command::Speak(2, 3)), (3, Command::Speak(3, 4))]
        {
            assert_eq!(player.told(n, Told::Ended), next);
        }
        assert_eq!(player.told(4, Told::Ended), Command::Silence);
        assert!(!player.is_playing());
        assert_eq!(player.toggle(), Command::Speak(0, 6), "from the beginning");
    }

    #[test]
    fn what_was_interrupted_moves_nothing_on() {
        let mut player = player();
        player.toggle();
        assert_eq!(player.toggle(), Command::Silence);
        assert_eq!(player.told(1, Told::Failed), Command::Nothing);
        assert_eq!(player.toggle(), Command::Speak(0, 3), "the same again");
        assert_eq!(player.told(1, Told::Ended), Command::Nothing);
    }

    #[test]
    fn passages_are_skipped_whole() {
        let mut player = player();
        player.toggle();
        assert_eq!(player.skip(true), Command::Speak(1, 2));
        assert_eq!(player.skip(true), Command::Speak(3, 3));
        assert_eq!(player.skip(true), Command::Nothing);
        assert_eq!(player.skip(false), Command::Speak(1, 4));
        assert_eq!(player.skip(false), Command::Speak(0, 5));
        player.toggle();
        assert_eq!(player.skip(true), Command::Nothing, "paused, it moves silently");
        assert_eq!(player.now().map(|u| u.start), Some(10));
    }

    #[test]
    fn it_begins_where_it_is_asked_to() {
        let mut player = player();
        assert_eq!(player.go(0, 25), Command::Speak(2, 1));
        assert_eq!(player.go(1, 0), Command::Speak(3, 2));
        assert_eq!(Player::new(Vec::new(), 0, 0).toggle(), Command::Silence);
    }

    #[test]
    fn a_browser_that_cannot_speak_is_found_out() {
        let mut player = player();
        player.toggle();
        assert_eq!(player.told(1, Told::Failed), Command::Speak(1, 2));
        assert_eq!(player.told(2, Told::Ended), Command::Speak(2, 3));
        player.told(3, Told::Failed);
        assert!(!player.is_mute(), "others were said in between");
        let mut player = self::player();
        player.toggle();
        player.told(1, Told::Failed);
        player.told(2, Told::Failed);
        assert_eq!(player.told(3, Told::Failed), Command::Silence);
        assert!(player.is_mute() && !player.is_playing());
    }
}
