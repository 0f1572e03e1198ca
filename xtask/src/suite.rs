//! Every check, in the order in which they are quickest to fail.
use crate::Outcome;
pub(crate) fn test(_: Option<&str>) -> Outcome<()> {
    Ok(())
}
