// Node's socket.io as it comes, with the same parser: whatever one page saves, all pages are sent.
const { createRequire } = require("node:module");
const path = require("node:path");
const { createServer } = require("node:http");

const fromWeb = createRequire(path.join(__dirname, "../web/package.json"));
const { Server } = fromWeb("socket.io");
const parser = fromWeb("socket.io-msgpack-parser");

const server = createServer((request, response) => response.end("ready"));
const io = new Server(server, { parser, transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => {
  socket.join("board");
  socket.on("save", (body, done) => {
    io.to("board").emit("events", body);
    done({ ok: true });
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
