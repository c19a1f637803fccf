// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signedservice.h"

#include <QJsonArray>

using namespace tenken;
using namespace tenken::test;

/// `tenken verify` as people and pipelines call it.
class TestVerifyCommand : public QObject, SignedService
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        if (!canSign())
            QSKIP("git or ssh-keygen is not installed");
        exportIt();
    }

    void machinesReadIt()
    {
        const auto verified = verify(signedByAll(QStringLiteral("json.pdf")), {"--format", "json"});
        QCOMPARE(verified.code, 0);
        const QJsonObject o = verified.json();
        QCOMPARE(o[u"format"].toString(), QStringLiteral("tenken.verify/1"));
        QCOMPARE(o[u"state"].toString(), QStringLiteral("valid"));
        QCOMPARE(o[u"signatures"].toArray().size(), 3);
        QStringList people; // in any order: all may have signed within a second
        for (const QJsonValue &signature : o[u"signatures"].toArray())
            people << signature[u"identity"].toString();
        people.sort();
        QCOMPARE(people, (QStringList{"ito@example.com", "sato@example.com", "suzuki@example.com"}));
        QCOMPARE(o[u"review"][u"version"].toString(), QStringLiteral("v1.2.0"));
        QCOMPARE(o[u"review"][u"decision"].toString(), QStringLiteral("NO-GO"));
        QCOMPARE(o[u"review"][u"stage"][u"id"].toString(), QStringLiteral("100%"));
        QCOMPARE(o[u"review"][u"stage"][u"title"][u"en"].toString(), QStringLiteral("100 %"));
        QCOMPARE(o[u"review"][u"checklist"][u"id"].toString(), QStringLiteral("zozotown"));
        QCOMPARE(o[u"review"][u"checklist"][u"files"][0][u"sha256"].toString().size(), 64);
        QCOMPARE(o[u"bodyBytes"].toInteger(), m_body.size());
        for (const QJsonValue &check : o[u"checks"].toArray())
            QVERIFY(!check[u"words"][u"ja"].toString().isEmpty());
    }

    void theBodyComesOutAsItWasSigned()
    {
        const QString file = signedByAll(QStringLiteral("body.pdf")),
                      body = at(QStringLiteral("extracted.pdf"));
        QCOMPARE(verify(file, {"--body", body}).code, 0);
        QVERIFY(fileText(body) == m_body);
    }

    void exitCodes()
    {
        const QString file = signedByAll(QStringLiteral("codes.pdf"));
        QCOMPARE(verify(file, {"--today", "2099-01-01"}).code, 3);                  // validity ended
        QCOMPARE(verify(file, {"--for-version", "v1.3.0"}).code, 1);                // another version
        QCOMPARE(verify(putFile(m_folder, QStringLiteral("longer.pdf"), fileText(file) + "%more\n")).code, 3);
        QByteArray changed = fileText(file);
        changed[m_body.size() / 2] = char(changed[m_body.size() / 2] ^ 1);
        QCOMPARE(verify(putFile(m_folder, QStringLiteral("changed.pdf"), changed)).code, 1);
        QCOMPARE(verify(at(QStringLiteral("nowhere.pdf"))).code, 2);
        QCOMPARE(verify(putFile(m_folder, QStringLiteral("text.pdf"), "text")).code, 2);
        QCOMPARE(verify(putFile(m_folder, QStringLiteral("broken.pdf"), "%PDF-1.6\ntext")).code, 1);
        QCOMPARE(verify(file, {"--repo", at(QStringLiteral("nowhere"))}).code, 2);
        QCOMPARE(verify(file, {"--format", "xml"}).code, 2);
        QCOMPARE(verify(file, {"--policy", at(QStringLiteral("nowhere"))}).code, 2);
        const auto lost = runTenken(
            {"verify", file, "--allowed-signers", at(QStringLiteral("nowhere")), "--lang", "en"});
        QCOMPARE(lost.code, 2);
        QVERIFY2(lost.out.isEmpty() && lost.err.count("no such list of allowed signers") == 1,
                 lost.out + lost.err);
        QCOMPARE(runTenken({"verify"}).code, 2);
        QCOMPARE(runTenken({"verify", file, "--lang", "en"}).code, 1); // whose keys? nobody said
        allow({"sato", "suzuki"});
        QCOMPARE(verify(file).code, 1);
        allow({"sato", "suzuki", "ito"});
        QCOMPARE(verify(file, {"--revoked-keys", at(QStringLiteral("ito.pub"))}).code, 1);
        for (const auto &[option, words] : {std::pair("--revoked-keys", "no such list of revoked keys"),
                                            std::pair("--seal-ca", "no such file of authorities for seals"),
                                            std::pair("--tsa-ca", "no such file of timestamp authorities")}) {
            const auto missing = verify(file, {option, at(QStringLiteral("nowhere"))});
            QCOMPARE(missing.code, 2);
            QVERIFY2(missing.out.isEmpty() && missing.err.count(words) == 1, missing.out + missing.err);
        }
        putFile(m_folder, QStringLiteral("lost.yaml"),
                "format: tenken.signoff-policy/1\nallowed-signers: allowed\nrevoked-keys: lost.krl\n");
        QCOMPARE(verify(file, {"--policy", at(QStringLiteral("lost.yaml"))}).code, 2);
        QCOMPARE(verify(file, {"--for-service", "id-auth", "--for-stage", "100%"}).code, 0);
        QCOMPARE(verify(file, {"--for-service", "pay"}).code, 1);
        QCOMPARE(verify(file, {"--for-stage", "200%"}).code, 1);
    }

    /// A script's variable that was never set must not switch a check off.
    void emptyValuesAreWrongUse()
    {
        const QString file = signedByAll(QStringLiteral("empty.pdf"));
        for (const char *option : {"--allowed-signers", "--policy", "--revoked-keys", "--repo", "--for-version",
                                   "--for-service", "--for-stage", "--seal-ca", "--tsa-ca", "--body"}) {
            const auto outcome = runTenken({"verify", file, "--lang", "en", option, ""});
            QVERIFY2(outcome.code == 2 && outcome.out.isEmpty() && outcome.err.contains(" is empty."),
                     option + outcome.out + outcome.err);
        }
    }

    void answersThatChangedAreNamed()
    {
        const QString file = signedByAll(QStringLiteral("answers.pdf"));
        const QStringList here{"--repo", at(QStringLiteral("service"))};
        QCOMPARE(verify(file, here).code, 0);
        const QString review = putFile(m_folder, QStringLiteral("service/readiness/review.yaml"),
                                       "format: tenken.review/1\nservice: id-auth\n");
        const auto later = verify(file, here);
        QVERIFY2(later.code == 3 && later.out.contains("readiness/review.yaml: new since sign-off"), later.out);
        // Answers that are not committed are not signed either.
        const QString again = at(QStringLiteral("answers2.pdf"));
        QCOMPARE(runTenken({"export", at(QStringLiteral("service")), "-o", again}).code, 0);
        const auto refused = sign(again, QStringLiteral("sato"), QStringLiteral("owner"));
        QVERIFY2(refused.code == 2 && refused.err.contains("readiness/review.yaml"), refused.err);
        QFile::remove(review);
    }

    void aPolicyDecides()
    {
        const QString file = signedByAll(QStringLiteral("policy.pdf"));
        putFile(m_folder, QStringLiteral("policy.yaml"),
                "format: tenken.signoff-policy/1\nallowed-signers: allowed\nroles:\n"
                "  - {role: owner}\n  - {role: reviewer, signers: [suzuki@example.com]}\n");
        const auto good =
            runTenken({"verify", file, "--policy", at(QStringLiteral("policy.yaml")), "--lang", "en"});
        QVERIFY2(good.code == 0 && good.out.contains("policy.yaml decided"), good.out);
        putFile(m_folder, QStringLiteral("policy.yaml"),
                "format: tenken.signoff-policy/1\nallowed-signers: allowed\nroles: [{role: reviewer, "
                "signers: [ito@example.com]}]\n");
        const auto bad =
            runTenken({"verify", file, "--policy", at(QStringLiteral("policy.yaml")), "--lang", "en"});
        QVERIFY2(bad.code == 1 && bad.out.contains("By the policy suzuki@example.com may not"), bad.out);
    }

    void evidenceThatChangedIsNamed()
    {
        const QString file = signedByAll(QStringLiteral("evidence.pdf"));
        putFile(m_folder, QStringLiteral("service/deploy/api.yaml"), "changed: true\n");
        auto verified = verify(file, {"--repo", at(QStringLiteral("service"))});
        QVERIFY2(verified.code == 3
                     && verified.out.contains("deploy/api.yaml: changed since sign-off, not committed"),
                 verified.out);
        git({"commit", "-q", "-a", "-m", "Changed"});
        verified = verify(file, {"--repo", at(QStringLiteral("service"))});
        QVERIFY2(verified.code == 3 && verified.out.contains("deploy/api.yaml: changed since sign-off by "),
                 verified.out);
        QFile::remove(at(QStringLiteral("service/deploy/api.yaml")));
        QVERIFY2(
            verify(file, {"--repo", at(QStringLiteral("service"))}).out.contains("removed since sign-off"),
            verified.out);
        git({"reset", "-q", "--hard", "v1.2.0"});
        putFile(m_folder, QStringLiteral("service/deploy/new.yaml"),
                "apiVersion: v1\nkind: Service\nmetadata: {name: new}\n");
        verified = verify(file, {"--repo", at(QStringLiteral("service"))});
        QVERIFY2(verified.code == 3 && verified.out.contains("deploy/new.yaml: new since sign-off"),
                 verified.out);
        QFile::remove(at(QStringLiteral("service/deploy/new.yaml")));
        QCOMPARE(verify(file, {"--repo", at(QStringLiteral("service"))}).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestVerifyCommand)
#include "tst_verify.moc"
