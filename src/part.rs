//! Parts of the page that have a state of their own, all carried by one Yew component.
//!
//! Yew's code for a component comes into the module again for every component type, some hundred bytes (brotli)
//! each. So there is one type, [`Host`], and what differs between parts is behind [`Part`].

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use yew::html::Scope;
use yew::prelude::{Callback, Component, Html, Properties};
use yew::virtual_dom::{Key, VComp};

use crate::tree::Tree;
use crate::wording;

/// A part of the page: the same promises as Yew's `Component`.
pub trait Part: Sized + 'static {
    /// What happens to it.
    type Message: 'static;
    /// What the part around it says.
    type Properties: PartialEq + 'static;

    /// The part before its first render.
    fn create(ctx: &Context<Self>) -> Self;

    /// Takes a message; whether to render again.
    fn update(&mut self, _ctx: &Context<Self>, _msg: Self::Message) -> bool {
        true
    }

    /// Takes other properties; whether to render again.
    fn changed(&mut self, _ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        true
    }

    /// What is to be seen.
    fn view(&self, ctx: &Context<Self>) -> Html;

    /// Called after each render, once it is on the page.
    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {}
}

/// What a part is given.
#[derive(Debug)]
pub struct Context<P: Part> {
    props: Rc<P::Properties>,
    link: Link<P>,
}

impl<P: Part> Context<P> {
    /// The properties.
    pub fn props(&self) -> &P::Properties {
        &self.props
    }

    /// The way to send messages to the part.
    pub fn link(&self) -> &Link<P> {
        &self.link
    }
}

/// The way to send messages to a part, from anywhere.
#[derive(Debug)]
pub struct Link<P> {
    scope: Scope<Host>,
    part: PhantomData<fn(P)>,
}

impl<P> Clone for Link<P> {
    fn clone(&self) -> Link<P> {
        Link { scope: self.scope.clone(), part: PhantomData }
    }
}

impl<P: Part> Link<P> {
    /// Sends a message.
    pub fn send_message(&self, msg: P::Message) {
        send(&self.scope, Box::new(msg));
    }

    /// A callback that sends a message.
    pub fn callback<In: 'static>(
        &self,
        message: impl Fn(In) -> P::Message + 'static,
    ) -> Callback<In> {
        self.batch_callback(move |input| Some(message(input)))
    }

    /// A callback that sends a message where there is one.
    pub fn batch_callback<In: 'static>(
        &self,
        message: impl Fn(In) -> Option<P::Message> + 'static,
    ) -> Callback<In> {
        let (scope, tree) = (self.scope.clone(), Tree::current());
        Callback::from(move |input| {
            tree.enter();
            if let Some(msg) = message(input) {
                send(&scope, Box::new(msg));
            }
        })
    }
}

#[inline(never)]
fn send(scope: &Scope<Host>, msg: Box<dyn Any>) {
    scope.send_message(msg);
}

/// Places a part. `key` tells parts of different kinds apart, and those of one kind that share nothing.
pub fn part<P: Part>(key: &str, props: P::Properties) -> Html {
    place(key, HostProps::of::<P>(props))
}

fn place(key: &str, props: HostProps) -> Html {
    VComp::new::<Host>(Rc::new(props), Some(Key::from(key))).into()
}

/// Makes a part the whole content of an element.
pub fn mount<P: Part>(root: web_sys::Element, props: P::Properties) {
    yew::Renderer::<Host>::with_root_and_props(root, HostProps::of::<P>(props)).render();
}

/// A part that is the whole content of an element, as long as that is wanted.
#[cfg(feature = "embed")]
pub struct Mounted<P: Part> {
    app: yew::AppHandle<Host>,
    part: PhantomData<fn(P)>,
}

#[cfg(feature = "embed")]
impl<P: Part> Mounted<P> {
    /// Makes a part the whole content of an element.
    pub fn new(root: web_sys::Element, props: P::Properties) -> Mounted<P> {
        let props = HostProps::of::<P>(props);
        let app = yew::Renderer::<Host>::with_root_and_props(root, props).render();
        Mounted { app, part: PhantomData }
    }

    /// Sends a message.
    pub fn send_message(&self, msg: P::Message) {
        send(&self.app, Box::new(msg));
    }

    /// Takes it off the page.
    pub fn end(self) {
        self.app.destroy();
    }
}

/// Makes a part take over what was rendered of it before, inside an element.
#[cfg(feature = "hydrate")]
pub fn hydrate<P: Part>(root: web_sys::Element, props: P::Properties) {
    yew::Renderer::<Host>::with_root_and_props(root, HostProps::of::<P>(props)).hydrate();
}

/// Properties of [`Host`]: a kind of part and its properties.
#[derive(Properties, Clone)]
pub struct HostProps {
    given: Rc<dyn Given>,
    /// Every part is rendered again in another language, with the state that it has.
    words: usize,
    /// The tree that it is in.
    tree: Tree,
}

impl HostProps {
    /// The properties that host a part of kind `P`.
    pub fn of<P: Part>(props: P::Properties) -> HostProps {
        let given = Rc::new(GivenTo::<P>(Rc::new(props)));
        HostProps { given, words: wording::version(), tree: Tree::current() }
    }
}

impl PartialEq for HostProps {
    fn eq(&self, other: &HostProps) -> bool {
        self.words == other.words && self.given.same(&*other.given)
    }
}

/// The Yew component that carries any part.
pub struct Host {
    held: Box<dyn Held>,
}

impl Component for Host {
    type Message = Box<dyn Any>;
    type Properties = HostProps;

    fn create(ctx: &yew::Context<Host>) -> Host {
        let HostProps { given, tree, .. } = ctx.props();
        tree.enter();
        Host { held: given.hold(ctx.link()) }
    }

    fn update(&mut self, ctx: &yew::Context<Host>, msg: Box<dyn Any>) -> bool {
        ctx.props().tree.enter();
        self.held.update(msg)
    }

    fn changed(&mut self, ctx: &yew::Context<Host>, _: &HostProps) -> bool {
        ctx.props().tree.enter();
        self.held.changed(&*ctx.props().given)
    }

    fn view(&self, ctx: &yew::Context<Host>) -> Html {
        ctx.props().tree.enter();
        self.held.view()
    }

    fn rendered(&mut self, ctx: &yew::Context<Host>, first_render: bool) {
        ctx.props().tree.enter();
        self.held.rendered(first_render);
    }
}

/// A kind of part and its properties.
trait Given: Any {
    fn hold(&self, scope: &Scope<Host>) -> Box<dyn Held>;
    fn same(&self, other: &dyn Given) -> bool;
}

struct GivenTo<P: Part>(Rc<P::Properties>);

impl<P: Part> GivenTo<P> {
    fn find(given: &dyn Given) -> Option<&GivenTo<P>> {
        let given: &dyn Any = given;
        given.downcast_ref()
    }
}

impl<P: Part> Given for GivenTo<P> {
    fn hold(&self, scope: &Scope<Host>) -> Box<dyn Held> {
        let link = Link { scope: scope.clone(), part: PhantomData };
        let ctx = Context { props: self.0.clone(), link };
        Box::new(Holder { part: P::create(&ctx), ctx })
    }

    fn same(&self, other: &dyn Given) -> bool {
        GivenTo::<P>::find(other).is_some_and(|other| *other.0 == *self.0)
    }
}

/// A part in being.
trait Held {
    fn update(&mut self, msg: Box<dyn Any>) -> bool;
    fn changed(&mut self, given: &dyn Given) -> bool;
    fn view(&self) -> Html;
    fn rendered(&mut self, first_render: bool);
}

struct Holder<P: Part> {
    part: P,
    ctx: Context<P>,
}

impl<P: Part> Held for Holder<P> {
    fn update(&mut self, msg: Box<dyn Any>) -> bool {
        // Links are typed: no part gets the message of another kind.
        msg.downcast().is_ok_and(|msg| self.part.update(&self.ctx, *msg))
    }

    fn changed(&mut self, given: &dyn Given) -> bool {
        // Keys are of one kind: no part gets the properties of another.
        let Some(given) = GivenTo::<P>::find(given) else { return false };
        let old = std::mem::replace(&mut self.ctx.props, given.0.clone());
        self.part.changed(&self.ctx, &old)
    }

    fn view(&self) -> Html {
        self.part.view(&self.ctx)
    }

    fn rendered(&mut self, first_render: bool) {
        self.part.rendered(&self.ctx, first_render);
    }
}
