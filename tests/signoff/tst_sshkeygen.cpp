// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <signoff/sshsignature.h>

#include <QTest>

using namespace tenken;
using State = SignatureVerdict::State;

/// Signatures by OpenSSH, with keys made for the test.
class TestSshKeygen : public QObject
{
    Q_OBJECT

    made::People m_people;
    const QByteArray m_message = "what is signed\n";
    const QDateTime m_at{QDate(2026, 11, 20), QTime(7, 42), QTimeZone::UTC};

private slots:
    void initTestCase()
    {
        qunsetenv("SSH_AUTH_SOCK");
        qunsetenv("SSH_ASKPASS");
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
    }

    void signsAndVerifies_data()
    {
        QTest::addColumn<QString>("type");
        for (const char *type : {"ed25519", "rsa", "ecdsa"})
            QTest::newRow(type) << QString::fromLatin1(type);
    }

    void signsAndVerifies()
    {
        QFETCH(QString, type);
        const SshKey key = m_people.key(type, type);
        QVERIFY(key.fingerprint.startsWith(QStringLiteral("SHA256:")));
        QCOMPARE(key.type, type.toUpper());
        const auto signature = sshSign(key, m_message);
        QVERIFY2(signature.has_value(), signature ? "" : qPrintable(signature.error().toString(Lang::En)));
        const auto read = readSshSignature(*signature);
        QCOMPARE(QString::fromLatin1(read->fingerprint), key.fingerprint);
        QCOMPARE(read->nameSpace, QByteArray("tenken-signoff@v1"));
        const auto verdict = sshVerify(m_message, *signature, type + QStringLiteral("@example.com"), m_at,
                                       {m_people.allow({type}), {}});
        QCOMPARE(verdict.state, State::Good);
        QCOMPARE(verdict.fingerprint, key.fingerprint);
    }

    void thePublicHalfBesideThePrivateOneWillDo()
    {
        m_people.key(QStringLiteral("sato"));
        const auto key = sshKeyOf(m_people.file(QStringLiteral("sato.pub")));
        QVERIFY(key.has_value());
        QVERIFY(sshSign(*key, m_message).has_value());
    }

    void eachAttackHasItsWords_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("identity");
        QTest::addColumn<QString>("revoked");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("words");
        const QString sato = QStringLiteral("sato@example.com");
        QTest::newRow("good") << QByteArray() << m_message << sato << QString() << State::Good
                              << "Signed by sato@example.com.";
        QTest::newRow("other message") << QByteArray() << QByteArray("x") << sato << QString()
                                       << State::Broken << "does not fit the statement";
        QTest::newRow("other identity")
            << QByteArray() << m_message << "suzuki@example.com" << QString() << State::UnknownSigner
            << "not one that is known to be suzuki@example.com's";
        QTest::newRow("unknown identity") << QByteArray() << m_message << "nobody@example.com" << QString()
                                          << State::UnknownSigner << "not one that is known";
        QTest::newRow("expired") << QByteArray("valid-before=\"20261101\" ") << m_message << sato << QString()
                                 << State::Expired << "had expired when it signed";
        QTest::newRow("expired since") << QByteArray("valid-before=\"20261201\" ") << m_message << sato
                                       << QString() << State::Good << "Signed by";
        QTest::newRow("not yet valid") << QByteArray("valid-after=\"20261201\" ") << m_message << sato
                                       << QString() << State::NotYetValid << "was not valid yet";
        QTest::newRow("for git only") << QByteArray("namespaces=\"git\" ") << m_message << sato << QString()
                                      << State::NotPermitted << "not permitted for this kind";
        QTest::newRow("revoked") << QByteArray() << m_message << sato << "sato.pub" << State::Revoked
                                 << "has been revoked";
        QTest::newRow("another is revoked")
            << QByteArray() << m_message << sato << "suzuki.pub" << State::Good << "Signed by";
        QTest::newRow("revoked and expired") << QByteArray("valid-before=\"20261101\" ") << m_message << sato
                                             << "sato.pub" << State::Expired << "expired";
        QTest::newRow("no list of the revoked")
            << QByteArray() << m_message << sato << "nowhere" << State::NotChecked << "cannot be read";
    }

    void eachAttackHasItsWords()
    {
        QFETCH(QByteArray, options);
        QFETCH(QByteArray, message);
        QFETCH(QString, identity);
        QFETCH(QString, revoked);
        QFETCH(QString, words);
        const QString allowed = m_people.allow({"sato", "suzuki"}, options);
        const auto signature = sshSign(m_people.key(QStringLiteral("sato")), m_message);
        const auto verdict = sshVerify(message, *signature, identity, m_at,
                                       {allowed, revoked.isEmpty() ? QString() : m_people.file(revoked)});
        QTEST(verdict.state, "state");
        QVERIFY2(verdict.words.en.contains(words), qPrintable(verdict.words.en));
        QVERIFY(!verdict.words.ja.isEmpty());
    }

    void aListOfRevokedKeysInOpenSshsOwnForm()
    {
        const auto signature = sshSign(m_people.key(QStringLiteral("sato")), m_message);
        made::output(QStringLiteral("ssh-keygen"),
                     {"-q", "-k", "-f", m_people.file(QStringLiteral("krl")),
                      m_people.file(QStringLiteral("sato.pub"))});
        const Trust trust{m_people.allow({"sato"}), m_people.file(QStringLiteral("krl"))};
        QCOMPARE(sshVerify(m_message, *signature, QStringLiteral("sato@example.com"), m_at, trust).state,
                 State::Revoked);
        // A list that is broken must not let anything through.
        const Trust broken{trust.allowedSigners, m_people.put(QStringLiteral("broken"), "SSHKRL\n\0garbage")};
        const auto verdict =
            sshVerify(m_message, *signature, QStringLiteral("sato@example.com"), m_at, broken);
        QCOMPARE(verdict.state, State::NotChecked);
        QVERIFY2(verdict.words.en.contains(QStringLiteral("cannot be read")), qPrintable(verdict.words.en));
    }

    void timesAreUtcInEveryZone()
    {
        const QByteArray zone = qgetenv("TZ");
        const auto signature = sshSign(m_people.key(QStringLiteral("sato")), m_message);
        for (const char *place : {"Asia/Tokyo", "America/New_York", "UTC"}) {
            qputenv("TZ", place);
            const auto state = [&](const QByteArray &options) {
                return sshVerify(m_message, *signature, QStringLiteral("sato@example.com"), m_at,
                                 {m_people.allow({"sato"}, options), {}})
                    .state;
            };
            QCOMPARE(state("valid-before=\"20261120074201Z\" "), State::Good); // signed at 07:42:00Z
            QCOMPARE(state("valid-before=\"20261120074159Z\" "), State::Expired);
            QCOMPARE(state("valid-after=\"20261120074159Z\" "), State::Good);
            QCOMPARE(state("valid-after=\"20261120074201Z\" "), State::NotYetValid);
        }
        zone.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", zone);
    }

    void certificatesOfAnAuthority()
    {
        m_people.key(QStringLiteral("ca"));
        m_people.key(QStringLiteral("sato"));
        const auto certify = [&](const char *validity) {
            made::output(QStringLiteral("ssh-keygen"),
                         {"-q", "-s", m_people.file(QStringLiteral("ca")), "-I", "sato", "-n",
                          "sato@example.com", "-V", QString::fromLatin1(validity),
                          m_people.file(QStringLiteral("sato.pub"))});
            const auto key = sshKeyOf(m_people.file(QStringLiteral("sato-cert.pub")));
            return key ? sshSign(*key, m_message, Asking::Askpass) : Result<QByteArray>(failure(key.error()));
        };
        const auto list = [&](const QByteArray &options) {
            return m_people.put(QStringLiteral("authority"),
                                "*@example.com " + options + ' ' + m_people.publicLine(QStringLiteral("ca"))
                                    + '\n');
        };
        const auto good = certify("20260101:20270101");
        QVERIFY2(good.has_value(), good ? "" : qPrintable(good.error().toString(Lang::En)));
        const auto verdict = [&](const QByteArray &signature, const char *identity, const QString &allowed,
                                 const QString &revoked = {}) {
            return sshVerify(m_message, signature, QString::fromLatin1(identity), m_at, {allowed, revoked});
        };
        const auto own = verdict(*good, "sato@example.com", list("cert-authority"));
        QCOMPARE(own.state, State::Good);
        QCOMPARE(own.fingerprint,
                 m_people.key(QStringLiteral("sato")).fingerprint); // the key's, whatever the certificate
        // The list allows everybody of the company; the certificate names one.
        QCOMPARE(verdict(*good, "suzuki@example.com", list("cert-authority")).state, State::UnknownSigner);
        QCOMPARE(verdict(*good, "sato@example.com", list("cert-authority,namespaces=\"git\"")).state,
                 State::NotPermitted);
        QCOMPARE(verdict(*good, "sato@example.com", list("namespaces=\"tenken-signoff@v1\"")).state,
                 State::UnknownSigner);
        QCOMPARE(verdict(*good, "sato@example.com", list("cert-authority"),
                         m_people.file(QStringLiteral("sato.pub")))
                     .state,
                 State::Revoked);
        QCOMPARE(verdict(*certify("20260101:20261001"), "sato@example.com", list("cert-authority")).state,
                 State::Expired);
        QCOMPARE(verdict(*certify("20270101:20280101"), "sato@example.com", list("cert-authority")).state,
                 State::NotYetValid);
        QFile::remove(m_people.file(QStringLiteral("sato-cert.pub")));
    }

    void anotherPurposeIsNoSignOff()
    {
        m_people.key(QStringLiteral("sato"));
        const QString message = m_people.put(QStringLiteral("message"), m_message);
        QFile::remove(message + QStringLiteral(".sig"));
        made::output(QStringLiteral("ssh-keygen"),
                     {"-q", "-Y", "sign", "-f", m_people.file(QStringLiteral("sato")), "-n", "git", message});
        QFile file(message + QStringLiteral(".sig"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto verdict = sshVerify(m_message, file.readAll(), QStringLiteral("sato@example.com"), m_at,
                                       {m_people.allow({"sato"}), {}});
        QCOMPARE(verdict.state, State::OtherNamespace);
        QVERIFY(verdict.words.en.contains(QStringLiteral("another purpose (git)")));
    }

    void withoutAListNobodyIsTrusted()
    {
        const auto signature = sshSign(m_people.key(QStringLiteral("sato")), m_message);
        const auto verdict = sshVerify(m_message, *signature, QStringLiteral("sato@example.com"), m_at, {});
        QCOMPARE(verdict.state, State::Untold);
        QCOMPARE(verdict.fingerprint,
                 m_people.key(QStringLiteral("sato")).fingerprint); // it says whose list to look in
    }

    void mistakesAreExplained_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << "nowhere" << "no such key file";
        QTest::newRow("no key") << "text" << "cannot be read as a key";
        QTest::newRow("public half alone") << "alone.pub" << "lies neither beside it nor in the agent";
        QTest::newRow("passphrase") << "locked" << "passphrase was not given";
    }

    void mistakesAreExplained()
    {
        QFETCH(QString, file);
        QFETCH(QString, words);
        m_people.put(QStringLiteral("text"), "no key\n");
        m_people.put(QStringLiteral("alone.pub"), m_people.publicLine(QStringLiteral("suzuki")) + '\n');
        m_people.key(QStringLiteral("locked"), QStringLiteral("ed25519"), QStringLiteral("open-sesame"));
        const auto key = sshKeyOf(m_people.file(file));
        const auto signature =
            key ? sshSign(*key, m_message, Asking::Askpass) : Result<QByteArray>(failure(key.error()));
        QVERIFY(!signature);
        const QString said = signature.error().toString(Lang::En);
        QVERIFY2(said.contains(words), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("open-sesame")));
    }

    void theAgentSigns()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("ssh-agent")).isEmpty()
            || QStandardPaths::findExecutable(QStringLiteral("ssh-add")).isEmpty())
            QSKIP("ssh-agent is not installed");
        m_people.key(QStringLiteral("sato"));
        QProcess agent;
        const QString socket = m_people.file(QStringLiteral("agent"));
        agent.start(QStringLiteral("ssh-agent"), {"-D", "-a", socket});
        QVERIFY(agent.waitForStarted());
        QTRY_VERIFY(QFile::exists(socket));
        qputenv("SSH_AUTH_SOCK", socket.toLocal8Bit());
        made::output(QStringLiteral("ssh-add"), {"-q", m_people.file(QStringLiteral("sato"))});
        const auto keys = sshKeysAtHand();
        const auto own =
            std::ranges::find(keys, m_people.key(QStringLiteral("sato")).fingerprint, &SshKey::fingerprint);
        QVERIFY(own != keys.end());
        QVERIFY(own->inAgent);
        const auto signature = sshSign(*own, m_message, Asking::Askpass);
        qunsetenv("SSH_AUTH_SOCK");
        agent.kill();
        agent.waitForFinished();
        QVERIFY2(signature.has_value(), signature ? "" : qPrintable(signature.error().toString(Lang::En)));
        QCOMPARE(sshVerify(m_message, *signature, QStringLiteral("sato@example.com"), m_at,
                           {m_people.allow({"sato"}), {}})
                     .state,
                 State::Good);
    }
};

QTEST_GUILESS_MAIN(TestSshKeygen)
#include "tst_sshkeygen.moc"
