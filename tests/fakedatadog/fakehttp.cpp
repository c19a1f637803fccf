// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakehttp.h"

#include <QPointer>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

#include <zlib.h>

namespace tenken
{

namespace
{

constexpr qsizetype largestRequest = 1024 * 1024;

/// One whole request at the front of what came, taken out of it; nothing when more has to come.
std::optional<FakeRequest> takeRequest(QByteArray &buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return {};
    const QList<QByteArray> lines = buffer.first(end).split('\n');
    const QList<QByteArray> first = lines.front().trimmed().split(' ');
    FakeRequest request;
    request.method = first.value(0);
    request.url = QUrl::fromEncoded(first.value(1));
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(std::max<qsizetype>(colon, 0)).trimmed().toLower(),
                               line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return {};
    request.body = buffer.sliced(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return request;
}

QByteArray head(const FakeAnswer &answer, const QByteArray &framing)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(answer.status) + " As said\r\n" + framing + "\r\n";
    for (const auto &[name, value] : answer.headers)
        text += name + ": " + value + "\r\n";
    if (answer.gzip)
        text += "Content-Encoding: gzip\r\n";
    if (answer.close)
        text += "Connection: close\r\n";
    return text + "\r\n";
}

QByteArray chunks(const QByteArray &body, bool whole)
{
    const qsizetype half = body.size() / 2;
    QByteArray text;
    for (const QByteArray &part : {body.first(half), body.sliced(half)}) {
        if (!part.isEmpty())
            text += QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n";
        if (!whole)
            return text;
    }
    return text + "0\r\n\r\n";
}

} // namespace

FakeHttp::FakeHttp(Handler handler, QObject *parent)
    : QObject(parent), m_handler(std::move(handler)), m_server(std::make_unique<QTcpServer>())
{
    m_clock.start();
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FakeHttp::accept);
}

FakeHttp::FakeHttp(Handler handler, const QSslConfiguration &tls, QObject *parent)
    : QObject(parent), m_handler(std::move(handler)), m_tls(true)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    m_server = std::move(server);
    m_clock.start();
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FakeHttp::accept);
}

FakeHttp::~FakeHttp()
{
    const QList<QTcpSocket *> sockets = m_buffers.keys();
    m_buffers.clear();
    for (QTcpSocket *socket : sockets) {
        socket->disconnect(this);
        socket->abort();
    }
}

bool FakeHttp::listen(quint16 port)
{
    return m_server->listen(QHostAddress::LocalHost, port);
}

QUrl FakeHttp::url(const QString &path, const QString &host) const
{
    return QUrl(QStringLiteral("%1://%2:%3%4").arg(m_tls ? "https" : "http", host).arg(port()).arg(path));
}

void FakeHttp::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        m_buffers.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { receive(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
        receive(socket);
    }
}

void FakeHttp::receive(QTcpSocket *socket)
{
    if (!m_buffers.contains(socket))
        return;
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->readAll();
    if (buffer.size() > largestRequest)
        return socket->abort();
    while (auto request = takeRequest(buffer)) {
        request->atMs = m_clock.elapsed();
        m_requests.push_back(*request);
        serve(socket, *request);
        if (!m_buffers.contains(socket))
            return;
    }
}

void FakeHttp::serve(QTcpSocket *socket, const FakeRequest &request)
{
    m_mostParallel = std::max(m_mostParallel, ++m_parallel);
    const FakeAnswer answer = m_handler(request);
    const QPointer<QTcpSocket> alive(socket);
    QTimer::singleShot(answer.delayMs, this, [this, alive, answer] {
        if (alive)
            deliver(alive, answer);
        else
            --m_parallel;
    });
}

void FakeHttp::done(QTcpSocket *socket, bool close)
{
    --m_parallel;
    if (close)
        socket->disconnectFromHost();
}

void FakeHttp::drip(QTcpSocket *socket, const QByteArray &bytes, qsizetype at)
{
    if (at >= bytes.size())
        return done(socket, false);
    socket->write(bytes.sliced(at, 1));
    const QPointer<QTcpSocket> alive(socket);
    QTimer::singleShot(20, this, [this, alive, bytes, at] {
        if (alive)
            drip(alive, bytes, at + 1);
        else
            --m_parallel;
    });
}

void FakeHttp::deliver(QTcpSocket *socket, const FakeAnswer &answer)
{
    using Delivery = FakeAnswer::Delivery;
    const QByteArray body = answer.gzip ? gzipped(answer.body) : answer.body;
    const auto length = [&](qsizetype bytes) { return "Content-Length: " + QByteArray::number(bytes); };
    switch (answer.delivery) {
    case Delivery::Whole:
        socket->write(head(answer, length(body.size())) + body);
        return done(socket, answer.close);
    case Delivery::Chunked:
        socket->write(head(answer, "Transfer-Encoding: chunked") + chunks(body, true));
        return done(socket, answer.close);
    case Delivery::CutLength:
        socket->write(head(answer, length(body.size())) + body.chopped(std::min<qsizetype>(body.size(), 10)));
        return done(socket, true);
    case Delivery::CutChunk:
        socket->write(head(answer, "Transfer-Encoding: chunked") + chunks(body, false));
        // Qt notices the missing end only when it had read before the connection went.
        QTimer::singleShot(300, socket, [this, socket] { done(socket, true); });
        return;
    case Delivery::Drip:
        socket->write(head(answer, length(body.size())));
        return drip(socket, body, 0);
    case Delivery::Stall:
        socket->write(head(answer, length(body.size())) + body.first(body.size() / 2));
        --m_parallel;
        return;
    case Delivery::Silent:
        --m_parallel;
        return;
    case Delivery::Reset:
        --m_parallel;
        return socket->abort();
    case Delivery::NotHttp:
        socket->write(body);
        return done(socket, true);
    }
}

QByteArray gzipped(const QByteArray &bytes)
{
    constexpr int gzipFormat = 15 + 16;
    z_stream stream = {};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzipFormat, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(bytes.size()))) + 64, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

} // namespace tenken
