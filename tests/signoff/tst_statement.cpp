// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <signoff/sshsignature.h>

#include <QTest>

using namespace tenken;

namespace {

Statement sample()
{
    SshKey key;
    key.fingerprint = QStringLiteral("SHA256:rS7xRlsBzivzbjD3bEDFUm3FXjaiFiHv/xMuUbahXoA");
    return made::statement(made::body(), made::frozen(), QStringLiteral("reviewer"),
                           QStringLiteral("sato@example.com"), key);
}

} // namespace

/// The bytes that people sign: one meaning, one form.
class TestStatement : public QObject
{
    Q_OBJECT
private slots:
    void isAnInTotoStatement()
    {
        const QByteArray bytes = statementBytes(sample());
        const QJsonObject o = QJsonDocument::fromJson(bytes).object();
        QCOMPARE(o[u"_type"].toString(), QStringLiteral("https://in-toto.io/Statement/v1"));
        QVERIFY(o[u"subject"].isArray() && o[u"predicateType"].isString() && o[u"predicate"].isObject());
        QCOMPARE(o[u"subject"][0][u"name"].toString(), QStringLiteral("body.pdf"));
        QCOMPARE(o[u"subject"][0][u"annotations"][u"length"].toInteger(), made::body().size());
        QCOMPARE(o[u"subject"][3][u"digest"][u"gitCommit"].toString(), QString(40, u'a'));
        QCOMPARE(o[u"predicate"][u"signedAt"].toString(), QStringLiteral("2026-11-20T07:42:00Z"));
        QVERIFY(bytes.endsWith("}\n"));
        QVERIFY(statementBytes(sample()) == bytes);
    }

    void comesBackAsItWas()
    {
        for (const SignDecision decision :
             {SignDecision::Approved, SignDecision::Rejected, SignDecision::ApprovedWithWaivers}) {
            Statement s = sample();
            s.decision = decision;
            const auto read = readStatement(statementBytes(s));
            QVERIFY(read.has_value());
            QVERIFY(*read == s);
        }
    }

    void timeIsUtcWhateverTheZone()
    {
        Statement s = sample();
        s.signedAt =
            QDateTime(QDate(2026, 11, 20), QTime(16, 42), QTimeZone::fromSecondsAheadOfUtc(9 * 3600));
        QVERIFY(statementBytes(s) == statementBytes(sample()));
    }

    void otherFormsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray good = statementBytes(sample());
        const auto with = [&](const char *from, const char *to) {
            return QByteArray(good).replace(from, to);
        };
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("compact") << QJsonDocument::fromJson(good).toJson(QJsonDocument::Compact);
        QTest::newRow("more behind it") << good + '\n';
        QTest::newRow("a key twice") << with("\"role\": \"reviewer\"",
                                             "\"role\": \"owner\",\n        \"role\": \"reviewer\"");
        QTest::newRow("the whole predicate twice")
            << with("\"subject\":", "\"predicate\": {},\n    \"subject\":");
        QTest::newRow("an escape for a letter") << with("\"reviewer\"", "\"\\u0072eviewer\"");
        QTest::newRow("a key more") << with("\"role\": \"reviewer\"",
                                            "\"role\": \"reviewer\",\n        \"rolf\": \"x\"");
        QTest::newRow("another type") << with("Statement/v1", "Statement/v2");
        QTest::newRow("another predicate") << with("urn:tenken:signoff:v1", "urn:tenken:other:v1");
        QTest::newRow("no decision") << with("\"approved\"", "\"maybe\"");
        QTest::newRow("a command's word") << with("\"approved\"", "\"approve\"");
        QTest::newRow("a role with a path") << with("\"reviewer\"", "\"../x\"");
        QTest::newRow("an identity with a quote") << with("sato@example.com", "sato' ; rm -rf x");
        QTest::newRow("an identity that is an option") << with("sato@example.com", "-f");
        QTest::newRow("an identity with a wildcard") << with("sato@example.com", "*");
        QTest::newRow("an identity that looks like another")
            << with("sato@example.com", "s\u0430to@example.com");
        QTest::newRow("an identity in wide letters") << with("sato@example.com", "\uff53ato@example.com");
        QTest::newRow("a role that looks like another") << with("\"reviewer\"", "\"revi\u0435wer\"");
        QTest::newRow("a role in capitals") << with("\"reviewer\"", "\"Reviewer\"");
        QTest::newRow("a fingerprint that looks like another") << with("SHA256:", "SHA256:\u212a");
        QTest::newRow("a line break in a name") << with("佐藤 美咲", "x\\ny");
        QTest::newRow("text that runs backwards") << with("佐藤 美咲", "x\\u202ey");
        QTest::newRow("a short digest") << with(QByteArray(64, 'c').constData(), "cccc");
        QTest::newRow("a digest in capitals")
            << with(QByteArray(64, 'c').constData(), QByteArray(64, 'C').constData());
        QTest::newRow("another algorithm") << with("\"sha256\": \"cccc", "\"md5\": \"cccc");
        QTest::newRow("a subject twice") << with("\"review.json\"", "\"body.pdf\"");
        QTest::newRow("a strange fingerprint") << with("SHA256:", "MD5:$(x)");
        QTest::newRow("no time") << with("2026-11-20T07:42:00Z", "yesterday");
        QTest::newRow("another zone") << with("2026-11-20T07:42:00Z", "2026-11-20T16:42:00+09:00");
        QTest::newRow("no day") << with("2027-05-19", "2027-13-19");
        QTest::newRow("huge") << QByteArray(good).insert(good.size() - 2, QByteArray(70'000, ' '));
    }

    void otherFormsAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(bytes != statementBytes(sample()));
        const auto read = readStatement(bytes);
        QVERIFY(!read);
        QVERIFY(!read.error().message.ja.isEmpty());
    }

    void decisionsOfTheCommandLine()
    {
        QVERIFY(signDecisionFromString(QStringLiteral("approve")) == SignDecision::Approved);
        QVERIFY(signDecisionFromString(QStringLiteral("reject")) == SignDecision::Rejected);
        QVERIFY(signDecisionFromString(QStringLiteral("approve-with-waivers"))
                == SignDecision::ApprovedWithWaivers);
        QVERIFY(!signDecisionFromString(QStringLiteral("yes")) && !signDecisionFromString(QString()));
    }

    void garbageIsNoSignature()
    {
        for (const QByteArray &bytes :
             {QByteArray(), QByteArray("-----BEGIN SSH SIGNATURE-----"),
              QByteArray("-----BEGIN SSH SIGNATURE-----\n!!\n-----END SSH SIGNATURE-----"),
              QByteArray("-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----"),
              QByteArray("-----BEGIN SSH SIGNATURE-----\n"
                         + QByteArray("SSHSIG\0\0\0\1\xff\xff\xff\xff", 14).toBase64()
                         + "\n-----END SSH SIGNATURE-----")})
            QVERIFY2(!readSshSignature(bytes), bytes);
    }
};

QTEST_APPLESS_MAIN(TestStatement)
#include "tst_statement.moc"
