// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli.h"

#include "signoff/authority.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace tenken;
using namespace tenken::test;

/// A timestamp authority on this machine: answers one POST after another.
class StampServer : public QTcpServer
{
public:
    explicit StampServer(const made::Authority &authority) : m_authority(authority)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1/tsa").arg(serverPort()); }
    QByteArray asked; ///< the head of the last request
    QByteArray wrong; ///< answered instead

private:
    void answer(QTcpSocket *socket)
    {
        QByteArray &all = m_read[socket];
        all += socket->readAll();
        const qsizetype body = all.indexOf("\r\n\r\n") + 4;
        static const QRegularExpression length(QStringLiteral("content-length: (\\d+)"),
                                               QRegularExpression::CaseInsensitiveOption);
        const auto size = length.match(QString::fromLatin1(all));
        if (body < 4 || !size.hasMatch() || all.size() < body + size.captured(1).toInt())
            return;
        asked = all.first(body);
        const QByteArray reply = wrong.isEmpty() ? m_authority.stamp(all.sliced(body)) : wrong;
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nConnection: "
                      "close\r\nContent-Length: "
                      + QByteArray::number(reply.size()) + "\r\n\r\n" + reply);
        socket->disconnectFromHost();
        m_read.remove(socket);
    }

    const made::Authority &m_authority;
    QHash<QTcpSocket *, QByteArray> m_read;
};

/// `tenken seal` and what `tenken verify` says of it.
class TestSealCommand : public QObject
{
    Q_OBJECT

    made::People m_people;
    made::Authority m_authority;
    QTemporaryDir m_folder;

    QString at(const QString &name) const { return m_folder.filePath(name); }

    CliOutcome seal(const QStringList &more) const
    {
        // The timestamp authority answers in this process meanwhile.
        QProcess process;
        process.start(QStringLiteral(TENKEN_PROGRAM),
                      QStringList{"seal", at(QStringLiteral("signed.pdf")), "--lang", "en"} + more);
        QElapsedTimer time;
        for (time.start(); process.state() != QProcess::NotRunning && time.elapsed() < 60'000;)
            QTest::qWait(10);
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QStringList own(const QStringList &more = {}) const
    {
        return QStringList{"--certificate", m_authority.file(QStringLiteral("seal.pem")), "--key",
                           m_authority.file(QStringLiteral("seal.key"))}
        + more;
    }

    CliOutcome verify(const QString &file, const QStringList &more = {}) const
    {
        return runTenken(QStringList{"verify", at(file), "--allowed-signers",
                                     m_people.file(QStringLiteral("allowed_signers")), "--lang", "en"}
                         + more);
    }

private slots:
    void initTestCase()
    {
        if (!m_people.canSign() || !m_authority.canSeal())
            QSKIP("ssh-keygen or openssl is not installed");
        qputenv("XDG_CONFIG_HOME", at(QStringLiteral("config")).toLocal8Bit());
        m_authority.make();
        Frozen f = made::frozen();
        f.judgedAt = QDateTime::currentDateTimeUtc().addDays(-1);
        f.judgedAt.setTime(QTime(0, 12));
        f.validUntil = f.judgedAt.date().addDays(180);
        putFile(m_folder, QStringLiteral("signed.pdf"), made::body(f));
        putFile(m_folder, QStringLiteral("unsigned.pdf"), made::body(f));
        for (const auto &[who, role] :
             {std::pair("sato", "owner"), std::pair("suzuki", "reviewer"), std::pair("ito", "approver")}) {
            m_people.key(QString::fromLatin1(who));
            const auto done =
                runTenken({"sign", at(QStringLiteral("signed.pdf")), "--role", role, "--identity",
                           QString::fromLatin1(who) + QStringLiteral("@example.com"), "--key",
                           m_people.file(QString::fromLatin1(who))});
            QVERIFY2(done.code == 0, done.err);
        }
        m_people.allow({"sato", "suzuki", "ito"});
        QCOMPARE(verify(QStringLiteral("signed.pdf")).code, 0);
    }

    void sealsBesideTheFile()
    {
        const QByteArray before = fileText(at(QStringLiteral("signed.pdf")));
        const auto done = seal(own());
        QVERIFY2(done.code == 0 && done.out.contains("Sealed: ") && done.out.contains("signed-sealed.pdf"),
                 done.out + done.err);
        QVERIFY(fileText(at(QStringLiteral("signed.pdf"))) == before);
        QVERIFY(fileText(at(QStringLiteral("signed-sealed.pdf"))).startsWith(before));
        const QString authority = m_authority.file(QStringLiteral("ca.pem")),
                      other = m_authority.file(QStringLiteral("other.pem"));
        QCOMPARE(verify(QStringLiteral("signed-sealed.pdf")).code, 0);
        const auto good = verify(QStringLiteral("signed-sealed.pdf"), {"--seal-ca", authority});
        QVERIFY2(good.code == 0 && good.out.contains("The seal of CN=seal 株式会社 fits the document"), good.out);
        QCOMPARE(verify(QStringLiteral("signed-sealed.pdf"), {"--seal-ca", other}).code, 1);
        QCOMPARE(
            verify(QStringLiteral("signed-sealed.pdf"), {"--seal-ca", authority, "--tsa-ca", authority}).code,
            1);
        QCOMPARE(verify(QStringLiteral("signed.pdf"), {"--seal-ca", authority}).code, 1);
        putFile(m_folder, QStringLiteral("policy.yaml"),
                "format: tenken.signoff-policy/1\nseal-authorities: " + authority.toUtf8() + '\n');
        QCOMPARE(
            verify(QStringLiteral("signed-sealed.pdf"), {"--policy", at(QStringLiteral("policy.yaml"))}).code,
            0);
        QCOMPARE(verify(QStringLiteral("signed.pdf"), {"--policy", at(QStringLiteral("policy.yaml"))}).code,
                 1);
        // What is sealed is finished.
        const auto again =
            runTenken({"sign", at(QStringLiteral("signed-sealed.pdf")), "--role", "owner", "--identity",
                       "a@b", "--key", m_people.file(QStringLiteral("sato")), "--lang", "en"});
        QVERIFY2(again.code == 2 && again.err.contains("It is sealed"), again.err);
    }

    void otherDocumentsAreNotOverwritten()
    {
        const QByteArray before = fileText(at(QStringLiteral("signed.pdf")));
        const QString same = putFile(m_folder, QStringLiteral("same.pdf"), before);
        QCOMPARE(seal(own({"-o", same})).code, 0); // what is sealed may give way to what it became
        const QByteArray sealedBytes = fileText(same);
        QVERIFY(sealedBytes.startsWith(before) && sealedBytes.size() > before.size());
        const auto refused = seal(own({"-o", same}));
        QVERIFY2(refused.code == 2 && refused.err.contains("carries signatures"), refused.err);
        QVERIFY(fileText(same) == sealedBytes);
    }

    void aTimestampIsAskedForOnlyWhenNamed()
    {
        StampServer server(m_authority);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QString authority = m_authority.file(QStringLiteral("ca.pem")),
                      file = at(QStringLiteral("stamped.pdf"));
        QCOMPARE(seal(own({"-o", file})).code, 0);
        QVERIFY(server.asked.isEmpty());
        const auto kept = seal(own({"-o", file}));
        QVERIFY2(kept.code == 2 && kept.err.contains("carries signatures"), kept.err); // sealed already: not lost
        QFile::remove(file);
        const auto done = seal(own({"-o", file, "--tsa", server.url(), "--tsa-ca", authority}));
        QVERIFY2(done.code == 0 && done.out.contains("The timestamp says 20"), done.out + done.err);
        QVERIFY2(server.asked.startsWith("POST /tsa HTTP/1.1")
                     && server.asked.toLower().contains("content-type: application/timestamp-query"),
                 server.asked);
        const auto good =
            verify(QStringLiteral("stamped.pdf"), {"--seal-ca", authority, "--tsa-ca", authority});
        QVERIFY2(good.code == 0 && good.out.contains("The timestamp says 20"), good.out);
        QCOMPARE(verify(QStringLiteral("stamped.pdf"),
                        {"--seal-ca", authority, "--tsa-ca", m_authority.file(QStringLiteral("other.pem"))})
                     .code,
                 1);
        // An answer that nobody could verify leaves no file behind.
        QFile::remove(file);
        server.wrong = "<html>";
        const auto bad = seal(own({"-o", file, "--tsa", server.url(), "--tsa-ca", authority}));
        QVERIFY2(bad.code == 2 && bad.err.contains("could not be verified") && !QFile::exists(file), bad.err);
        server.close();
        const auto gone =
            seal(own({"-o", file, "--tsa", server.url().replace(QStringLiteral(":0"), QStringLiteral(":9")),
                      "--tsa-ca", authority}));
        QVERIFY2(gone.code == 2 && gone.err.contains("There is no timestamp") && !QFile::exists(file),
                 gone.err);
    }

    void wrongUseIsExplained()
    {
        const auto said = [&](const QStringList &arguments) {
            const auto outcome = runTenken(QStringList{"seal", "--lang", "en"} + arguments);
            return outcome.code == 2 ? QString::fromUtf8(outcome.err)
                                     : QStringLiteral("code %1").arg(outcome.code);
        };
        const QString file = at(QStringLiteral("signed.pdf"));
        QVERIFY2(said({file}).contains(QStringLiteral("a sign-off is valid without one")),
                 qPrintable(said({file})));
        QVERIFY(said({}).contains(QStringLiteral("a seal takes a certificate")));
        QVERIFY(said(QStringList{at(QStringLiteral("unsigned.pdf"))} + own())
                    .contains(QStringLiteral("Nobody has signed yet")));
        QVERIFY(said(QStringList{at(QStringLiteral("signed-sealed.pdf"))} + own())
                    .contains(QStringLiteral("sealed already")));
        QVERIFY(said(QStringList{at(QStringLiteral("nowhere.pdf"))} + own())
                    .contains(QStringLiteral("no such file")));
        for (const char *url : {"file:///etc/passwd", "tsa.example.com", "http://user:secret@127.0.0.1/tsa"})
            QVERIFY(said(QStringList{file}
                         + own({"--tsa", url, "--tsa-ca", m_authority.file(QStringLiteral("ca.pem"))}))
                        .contains(QStringLiteral("--tsa takes an http or https URL")));
        QVERIFY(said(QStringList{file} + own({"--tsa", "https://127.0.0.1:9/"}))
                    .contains(QStringLiteral("--tsa-ca")));
    }
};

QTEST_GUILESS_MAIN(TestSealCommand)
#include "tst_seal.moc"
