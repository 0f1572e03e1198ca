import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import type { DixitArticle, View } from "dixit-article";
import type {} from "dixit-article/react";
import "dixit-article";

function App() {
  const article = useRef<DixitArticle>(null);
  const [view, setView] = useState<View>("article");
  useEffect(() => {
    const element = article.current;
    const heard = () => (document.title = `ready ${element?.speakers.length}`);
    element?.addEventListener("dixit:ready", heard);
    return () => element?.removeEventListener("dixit:ready", heard);
  }, []);
  return (
    <main>
      <button id="speakers" onClick={() => setView("speakers")}>Speakers</button>
      <dixit-article ref={article} src="harbour.txt" theme="dark" view={view} />
    </main>
  );
}

const place = document.getElementById("app");
if (place) createRoot(place).render(<StrictMode><App /></StrictMode>);
