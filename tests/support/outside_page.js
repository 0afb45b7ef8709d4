// A page of somebody else: WHIP and WHEP by the RFC, nothing of the hub's front end.
window.ask = async (method, path, body, headers = {}) => {
  const answer = await fetch(path, {method, body, headers: {Authorization: `Bearer ${window.token}`, ...headers}});
  return {status: answer.status, text: await answer.text(), place: answer.headers.get('Location')};
};
window.login = async (account, password) => {
  const body = JSON.stringify({account, password});
  window.token = (await (await fetch('/api/login', {method: 'POST', body})).json()).token;
};
window.connect = async (name, path, prepare) => {
  const pc = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
  window[name] = pc;
  await prepare(pc);
  await pc.setLocalDescription();
  const reply = await ask('POST', path, pc.localDescription.sdp, {'Content-Type': 'application/sdp'});
  if (reply.status !== 201) throw new Error(reply.text);
  await pc.setRemoteDescription({type: 'answer', sdp: reply.text});
  pc.place = reply.place;
  return reply.place;
};
window.publish = (session, codec) => connect('sending', `/api/sessions/${session}/whip`, async pc => {
  const stream = await navigator.mediaDevices.getUserMedia({audio: true, video: {width: 640, height: 360}});
  for (const track of stream.getTracks()) {
    const transceiver = pc.addTransceiver(track, {direction: 'sendonly', streams: [stream]});
    if (codec === undefined || track.kind === 'audio') continue;
    const wanted = RTCRtpSender.getCapabilities('video').codecs.filter(one => one.mimeType === codec);
    transceiver.setCodecPreferences(wanted);
  }
});
window.subscribe = session => connect('receiving', `/api/sessions/${session}/whep`, async pc => {
  pc.addTransceiver('audio', {direction: 'recvonly'});
  pc.addTransceiver('video', {direction: 'recvonly'});
});
window.restart = async pc => {
  const before = pc.remoteDescription.sdp;
  await pc.setLocalDescription(await pc.createOffer({iceRestart: true}));
  const own = name => pc.localDescription.sdp.match(new RegExp(`a=${name}:(.*)`))[1].trim();
  const fragment = `a=ice-ufrag:${own('ice-ufrag')}\r\na=ice-pwd:${own('ice-pwd')}\r\n`;
  const headers = {'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*'};
  const reply = await ask('PATCH', pc.place, fragment, headers);
  const theirs = name => reply.text.match(new RegExp(`a=${name}:(.*)`))[1].trim();
  const sdp = before.replace(/a=ice-ufrag:.*/g, `a=ice-ufrag:${theirs('ice-ufrag')}`)
    .replace(/a=ice-pwd:.*/g, `a=ice-pwd:${theirs('ice-pwd')}`);
  await pc.setRemoteDescription({type: 'answer', sdp});
  return reply.status;
};
window.figures = async pc => {
  const found = {};
  for (const one of (await pc.getStats()).values()) {
    if (one.type === 'inbound-rtp') found[one.kind] = one;
    if (one.type === 'transport') found.transport = one;
  }
  return found;
};
window.protocol = async pc => {
  const all = await pc.getStats();
  const transport = [...all.values()].find(one => one.type === 'transport');
  return all.get(all.get(transport.selectedCandidatePairId).localCandidateId).protocol;
};
window.until = async condition => {
  for (let turn = 0; turn < 600; turn += 1) {
    if (await condition()) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('it did not come to that');
};
window.uses = (pc, wanted) => until(async () => await protocol(pc) === wanted);
window.decoded = async (pc, pictures) => {
  const began = ((await figures(pc)).video || {}).framesDecoded || 0;
  for (let turn = 0; turn < 600; turn += 1) {
    const now = await figures(pc);
    if (now.video && now.video.framesDecoded >= began + pictures && now.audio.packetsReceived > 20) return now;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('no pictures');
};
