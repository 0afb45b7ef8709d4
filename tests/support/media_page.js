// A page with nothing but peer connections: the test carries the offers, see tests/support/tab.py.
window.pcs = {};
window.offered = async (name, prepare) => {
  const pc = pcs[name] = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
  await prepare(pc);
  await pc.setLocalDescription();
  return pc.localDescription.sdp;
};
window.publish = (name, {width, height, frameRate, rids}) => offered(name, async pc => {
  const video = {width: {exact: width}, height: {exact: height}, frameRate};
  const stream = await navigator.mediaDevices.getUserMedia({audio: true, video});
  const [camera] = stream.getVideoTracks();
  const encoded = (rid, n) => ({rid, scaleResolutionDownBy: 2 ** (rids.length - 1 - n)});
  pc.addTransceiver(stream.getAudioTracks()[0], {direction: 'sendonly'});
  pc.addTransceiver(camera, {direction: 'sendonly', ...(rids.length > 1 && {sendEncodings: rids.map(encoded)})});
});
window.subscribe = (name, kinds) => offered(name, pc => {
  pc.ontrack = ({track}) => {
    const element = document.createElement(track.kind);
    element.autoplay = true;
    element.srcObject = new MediaStream([track]);
    document.body.append(element);
  };
  for (const kind of kinds) pc.addTransceiver(kind, {direction: 'recvonly'});
});
window.activate = (name, rids) => {
  const sender = pcs[name].getSenders().find(one => one.track?.kind === 'video');
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.active = rids.includes(encoding.rid);
  return sender.setParameters(parameters);
};
window.accept = (name, sdp) => pcs[name].setRemoteDescription({type: 'answer', sdp});
window.streams = async (name, type) => [...(await pcs[name].getStats()).values()].filter(one => one.type === type);
// The longest time that a picture has stood still from now on: freezes are counted when they are over.
window.watchFreezes = async name => {
  const video = async () => (await streams(name, 'inbound-rtp')).find(one => one.kind === 'video');
  let {freezeCount, totalFreezesDuration} = await video();
  window.freezes = {longest: 0};
  clearInterval(window.watching);
  window.watching = setInterval(async () => {
    const now = await video();
    if (now.freezeCount === freezeCount) return;
    const mean = (now.totalFreezesDuration - totalFreezesDuration) / (now.freezeCount - freezeCount);
    freezes.longest = Math.max(freezes.longest, mean);
    ({freezeCount, totalFreezesDuration} = now);
  }, 50);
};
