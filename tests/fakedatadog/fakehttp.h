// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QMap>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <vector>

namespace tenken
{

struct FakeRequest {
    QByteArray method;
    QUrl url; ///< path and query as sent
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    qint64 atMs = 0; ///< since the server was made

    QString path() const { return url.path(QUrl::FullyDecoded); }
    QString query(const QString &key) const { return QUrlQuery(url).queryItemValue(key, QUrl::FullyDecoded); }
};

/// An answer, and how badly it is delivered.
struct FakeAnswer {
    enum class Delivery {
        Whole,
        Chunked,
        CutLength, ///< the last ten bytes that Content-Length promises never come
        CutChunk, ///< chunked, closed before the last chunk
        Drip, ///< byte by byte
        Stall, ///< half of the body, then nothing
        Silent, ///< nothing at all
        Reset, ///< closed without an answer
        NotHttp, ///< the body alone
    };
    int status = 200;
    QByteArray body = {};
    std::vector<std::pair<QByteArray, QByteArray>> headers = {{"Content-Type", "application/json"}};
    Delivery delivery = Delivery::Whole;
    int delayMs = 0; ///< before the first byte
    bool gzip = false;
    bool close = false; ///< ends a kept-alive connection after it
};

/// A small HTTP/1.1 server on loopback, in this process.
class FakeHttp : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<FakeAnswer(const FakeRequest &)>;

    explicit FakeHttp(Handler handler, QObject *parent = nullptr);
    FakeHttp(Handler handler, const QSslConfiguration &tls, QObject *parent = nullptr);
    ~FakeHttp() override;

    bool listen(quint16 port = 0);
    QUrl url(const QString &path = {}, const QString &host = QStringLiteral("127.0.0.1")) const;
    quint16 port() const { return m_server->serverPort(); }
    const std::vector<FakeRequest> &requests() const { return m_requests; }
    int mostParallel() const { return m_mostParallel; }

private:
    void accept();
    void receive(QTcpSocket *socket);
    void serve(QTcpSocket *socket, const FakeRequest &request);
    void deliver(QTcpSocket *socket, const FakeAnswer &answer);
    void drip(QTcpSocket *socket, const QByteArray &bytes, qsizetype at);
    void done(QTcpSocket *socket, bool close);

    Handler m_handler;
    bool m_tls = false;
    std::unique_ptr<QTcpServer> m_server;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    std::vector<FakeRequest> m_requests;
    QElapsedTimer m_clock;
    int m_parallel = 0;
    int m_mostParallel = 0;
};

QByteArray gzipped(const QByteArray &bytes);

/// A certificate and its key, made by openssl in a folder that is gone at the end.
struct FakeCertificate {
    QSslConfiguration tls; ///< for the server
    QSslCertificate certificate; ///< for the client that trusts it
    QString error; ///< why there is none
};
FakeCertificate makeCertificate(const QString &host, bool expired = false);

} // namespace tenken
