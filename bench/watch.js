// One viewer by WHEP, as a page would be: from the call to the first picture of every slot that shows one.
async ({ path, token, sounds, pictures, expected }) => {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/sdp" };
  const began = performance.now();
  const since = () => performance.now() - began;
  const peer = new RTCPeerConnection();
  for (let n = 0; n < sounds; n++) peer.addTransceiver("audio", { direction: "recvonly" });
  const slots = Array.from({ length: pictures }, () => peer.addTransceiver("video", { direction: "recvonly" }));
  const firsts = slots.map(
    (slot) =>
      new Promise((seen) => {
        const video = document.createElement("video");
        video.muted = true;
        video.autoplay = true;
        video.width = 160;
        video.srcObject = new MediaStream([slot.receiver.track]);
        video.requestVideoFrameCallback(() => seen(since()));
        document.body.append(video);
      }),
  );
  await peer.setLocalDescription();
  const offered = since();
  const response = await fetch(path, { method: "POST", headers, body: peer.localDescription.sdp });
  const answered = since();
  await peer.setRemoteDescription({ type: "answer", sdp: await response.text() });
  const patience = new Promise((_, reject) => setTimeout(() => reject(new Error("no picture within 10 s")), 10_000));
  const times = await Promise.race([Promise.all(firsts.slice(0, expected)), patience]);
  await fetch(response.headers.get("Location"), { method: "DELETE", headers });
  peer.close();
  document.body.replaceChildren();
  return { offered, answered, first: times[0], all: Math.max(...times) };
}
