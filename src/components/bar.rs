//! The bar at the top: the way to the start page, opening another article, and the look.

use yew::prelude::*;

use super::look::Look;
use crate::element::{classed, element, text};

/// Props of [`Bar`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asked for when the reader wants to open another article; without it there is no button.
    #[prop_or_default]
    pub on_open: Option<Callback<()>>,
    /// Controls of the page below, between brand and buttons.
    #[prop_or_default]
    pub children: Html,
}

/// Brand, controls of the page, "Open another article" and "Aa".
pub struct Bar;

impl Component for Bar {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Bar {
        Bar
    }

    fn update(&mut self, ctx: &Context<Self>, (): ()) -> bool {
        if let Some(on_open) = &ctx.props().on_open {
            on_open.emit(());
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let opens = ctx.props().on_open.is_some();
        let onclick = ctx.link().batch_callback(move |event: MouseEvent| {
            // With a modifier the browser opens the start page in a new tab by itself.
            let modified =
                event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            let plain = opens && !modified;
            if plain {
                event.prevent_default();
            }
            plain.then_some(())
        });
        let mark = element("b", &["aria-hidden"], &["true"], vec![text("“")]);
        html! {
            <header class="bar">
                <a class="brand" href="./" aria-label="Dixit, start page" onclick={onclick.clone()}>{ mark }{ "Dixit" }</a>
                { classed("span", "grow", Vec::new()) }
                { ctx.props().children.clone() }
                if opens {
                    <button type="button" class="ico" aria-label="Open another article" title="Open another article" {onclick}>
                        { plus() }
                    </button>
                }
                <Look />
            </header>
        }
    }
}

fn plus() -> Html {
    let path = element("path", &["d"], &["M10 4v12M4 10h12"], Vec::new());
    let names = &["width", "height", "viewBox", "aria-hidden"];
    element("svg", names, &["17", "17", "0 0 20 20", "true"], vec![path])
}
