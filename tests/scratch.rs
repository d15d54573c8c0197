use whycors::{gate::*, probe::*, request::*, session::*, world::*};
fn show(name:&str, req:&Request, rules:&[Rule]) {
  for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
    let t=std::time::Instant::now();
    let d = play(&World{rules:rules.to_vec(), offline:false}, req, Facts::new(engine, CallOutcome::Failed(Outcome::Failed)), Options::default());
    let t=t.elapsed();
    match d { None=>println!("{name} {engine:?} passes"), Some(d)=>{println!("{name} {engine:?} {:?} {:?} {:?}\n     probes {:?} {t:?}", d.verdict, d.family, d.causes.iter().map(|c| if c.detail.is_some(){format!("{}?",c.code)}else{c.code.to_string()}).collect::<Vec<_>>(), d.saw.iter().map(|o|o.id.clone()).collect::<Vec<_>>()); if std::env::var("REPORT").is_ok(){println!("{}",d.report)}} }
  }
}
fn ans(status:u16, h:&[(&'static str,&'static str)])->Rule{ let mut a=Answer::new(status); for (n,v) in h {a=a.with(n,*v)} Rule{when:When::default(),reply:a.into()} }
fn pre(status:u16, h:&[(&'static str,&'static str)])->Rule{ let mut r=ans(status,h); r.when.preflight=Some(true); r }
#[test] fn scratch(){
  let get=Request::new("http://localhost:5173","http://localhost:3000","http://localhost:3000/items");
  show("get no cors", &get, &[ans(200,&[])]);
  show("get 500", &get, &[ans(500,&[])]);
  show("get helmet", &get, &[ans(200,&[("Cross-Origin-Resource-Policy","same-origin")])]);
  show("get refused", &get, &[Rule{when:When::default(),reply:Reply::Fails(Failure::Refused)}]);
  show("get reset", &get, &[Rule{when:When::default(),reply:Reply::Fails(Failure::Reset)}]);
  show("get hang", &get, &[Rule{when:When::default(),reply:Reply::Fails(Failure::Hang)}]);
  show("redirect away", &get, &[Rule{when:When{path:Some("".into()),..Default::default()},reply:Answer::new(302).with("Location","{other}/target").with("Access-Control-Allow-Origin","*").into()}, ans(200,&[])]);
  let mut inc=get.clone(); inc.credentials=Credentials::Include;
  show("get creds *", &inc, &[ans(200,&[("Access-Control-Allow-Origin","*")])]);
  show("get creds none", &inc, &[ans(200,&[])]);
  let mut tok=get.clone().with_headers(&[("X-Token".into(),"1".into())]);
  show("get x-token no cors", &tok, &[pre(405,&[]),ans(200,&[])]);
  show("get x-token header", &tok, &[pre(204,&[("Access-Control-Allow-Origin","*"),("Access-Control-Allow-Headers","content-type")]),ans(200,&[("Access-Control-Allow-Origin","*")])]);
  show("get x-token 401 no cors", &tok, &[pre(204,&[("Access-Control-Allow-Origin","*"),("Access-Control-Allow-Headers","x-token")]),ans(401,&[])]);
  tok=get.clone().with_headers(&[("X-Token".into(),"1".into()),("content-type".into(),"application/json".into())]);
  tok.method="PUT".into();
  show("put no cors", &tok, &[pre(200,&[]),ans(200,&[])]);
  show("put no method", &tok, &[pre(204,&[("Access-Control-Allow-Origin","*"),("Access-Control-Allow-Headers","content-type, x-token")]),ans(200,&[("Access-Control-Allow-Origin","*")])]);
  show("put no ct", &tok, &[pre(204,&[("Access-Control-Allow-Origin","*"),("Access-Control-Allow-Methods","PUT"),("Access-Control-Allow-Headers","x-token")]),ans(200,&[("Access-Control-Allow-Origin","*")])]);
  let mut post=get.clone().with_headers(&[("content-type".into(),"application/json".into())]); post.method="POST".into();
  show("post helmet express", &post, &[pre(200,&[("Cross-Origin-Resource-Policy","same-origin")]),ans(404,&[("Cross-Origin-Resource-Policy","same-origin")])]);
  show("post crash", &post, &[pre(204,&[("Access-Control-Allow-Origin","*"),("Access-Control-Allow-Headers","*")]),ans(500,&[])]);
  show("post no ct", &post, &[pre(204,&[("Access-Control-Allow-Origin","*")]),ans(404,&[])]);
}
