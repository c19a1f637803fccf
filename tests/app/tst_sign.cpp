// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signedservice.h"

#include <signoff/container.h>

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QThread>

using namespace tenken;
using namespace tenken::test;

/// `tenken export` and `sign` as people call them, on a service in git.
class TestSign : public QObject, SignedService
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!canSign())
            QSKIP("git or ssh-keygen is not installed");
        exportIt();
    }

    void signersInEitherOrder()
    {
        const QString one = signedByAll(QStringLiteral("one.pdf")),
                      two = signedByAll(QStringLiteral("two.pdf"), {"approver", "reviewer", "owner"});
        for (const QString &file : {one, two}) {
            QVERIFY(!file.isEmpty());
            QVERIFY(fileText(file).startsWith(m_body)); // not a byte of what was judged moved
            const auto verified =
                verify(file, {"--repo", at(QStringLiteral("service")), "--for-version", "v1.2.0"});
            QVERIFY2(verified.code == 0, verified.out + verified.err);
            QVERIFY2(verified.out.contains("✓ owner · sato <sato@example.com> · Approved"), verified.out);
            QVERIFY2(
                verified.out.contains("The sign-off is valid and current, but the review itself says NO-GO for "
                                      "stage 100 %."),
                verified.out);
        }
        QVERIFY(!QFile::exists(one + QStringLiteral(".lock")));
    }

    void itSaysWhatIsStillMissing()
    {
        const QString file = fresh(QStringLiteral("missing.pdf"));
        const auto first = sign(file, QStringLiteral("sato"), QStringLiteral("owner"));
        QVERIFY2(first.code == 0, first.err);
        QVERIFY2(first.out.contains("Still to sign: Reviewer, Approver"), first.out);
        QVERIFY2(first.err.contains("The review itself says NO-GO"), first.err);
        const auto verified = verify(file);
        QCOMPARE(verified.code, 1);
        QVERIFY2(verified.out.contains("Signatures are missing: Reviewer, Approver"), verified.out);
        QCOMPARE(verify(fresh(QStringLiteral("unsigned.pdf"))).code, 1);
    }

    void copiesMerge()
    {
        const QString one = fresh(QStringLiteral("copy1.pdf")), two = fresh(QStringLiteral("copy2.pdf")),
                      all = at(QStringLiteral("merged.pdf"));
        QCOMPARE(sign(one, QStringLiteral("sato"), QStringLiteral("owner")).code, 0);
        QCOMPARE(sign(two, QStringLiteral("suzuki"), QStringLiteral("reviewer")).code, 0);
        QCOMPARE(sign(two, QStringLiteral("ito"), QStringLiteral("approver")).code, 0);
        const auto merged = runTenken({"sign", "--merge", one, two, "-o", all, "--lang", "en"});
        QVERIFY2(merged.code == 0 && merged.out.contains("3 signatures are together"),
                 merged.out + merged.err);
        QCOMPARE(verify(all).code, 0);
        QCOMPARE(runTenken({"sign", "--merge", one, at(QStringLiteral("allowed")), "-o", all}).code, 2);
        // Signing onto a file that already holds the other's signature keeps it.
        const QString target = at(QStringLiteral("target.pdf"));
        QCOMPARE(sign(one, QStringLiteral("suzuki"), QStringLiteral("reviewer"), {"-o", target}).code, 0);
        QCOMPARE(sign(one, QStringLiteral("ito"), QStringLiteral("approver"), {"-o", target}).code, 0);
        QCOMPARE(verify(target).code, 0);
    }

    void whatIsNotCommittedIsNotSigned()
    {
        putFile(m_folder, QStringLiteral("service/deploy/new.yaml"),
                "apiVersion: v1\nkind: Service\nmetadata: {name: new}\n");
        const QString file = at(QStringLiteral("uncommitted.pdf"));
        QCOMPARE(runTenken({"export", at(QStringLiteral("service")), "-o", file}).code, 0);
        const auto refused = sign(file, QStringLiteral("sato"), QStringLiteral("owner"));
        QVERIFY2(refused.code == 2 && refused.err.contains("deploy/new.yaml")
                     && refused.err.contains("--outside-git"),
                 refused.err);
        QCOMPARE(runTenken({"export", at(QStringLiteral("service")), "-o", file, "--outside-git",
                            "deploy/new.yaml"})
                     .code,
                 0);
        const auto done = sign(file, QStringLiteral("sato"), QStringLiteral("owner"));
        QVERIFY2(done.code == 0, done.err);
        QVERIFY2(verify(file).out.contains("Outside git, as the document says (1): deploy/new.yaml"), verify(file).out);
        QFile::remove(at(QStringLiteral("service/deploy/new.yaml")));
        // What git has is not outside git.
        const QByteArray before = fileText(at(QStringLiteral("service/deploy/api.yaml")));
        putFile(m_folder, QStringLiteral("service/deploy/api.yaml"), before + "# changed\n");
        const QString other = at(QStringLiteral("changed.pdf"));
        QCOMPARE(runTenken({"export", at(QStringLiteral("service")), "-o", other, "--outside-git", "."}).code, 0);
        const auto changed = sign(other, QStringLiteral("sato"), QStringLiteral("owner"));
        QVERIFY2(changed.code == 2 && changed.err.contains("deploy/api.yaml")
                     && changed.err.contains("--outside-git is not for them"),
                 changed.err);
        putFile(m_folder, QStringLiteral("service/deploy/api.yaml"), before);
    }

    void whatIsSignedIsSaidBefore()
    {
        const auto done = sign(fresh(QStringLiteral("said.pdf")), QStringLiteral("sato"), QStringLiteral("owner"));
        QVERIFY2(done.code == 0 && done.err.contains("tenken: id-auth v1.2.0: NO-GO for stage 100 %, valid until 20"),
                 done.err);
    }

    /// Neither the checksum nor the page follows an edit of what lies beside them.
    void anEditedExportIsNotSigned()
    {
        QByteArray edited = m_body;
        const qsizetype at = edited.lastIndexOf("\"decision\": \"NO-GO\"");
        QVERIFY(at > 0);
        edited.replace(at, 19, "\"decision\": \"GO\"   ");
        QCOMPARE(edited.size(), m_body.size());
        const auto refused = sign(putFile(m_folder, QStringLiteral("edited.pdf"), edited), QStringLiteral("sato"),
                                  QStringLiteral("owner"));
        QVERIFY2(refused.code == 2 && refused.err.contains("edited after it was exported"), refused.err);
    }

    void wrongUseIsExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        const QString file = at(QStringLiteral("wrong.pdf"));
        QTest::newRow("nothing") << QStringList{} << "usage: tenken sign";
        QTest::newRow("no role") << QStringList{file} << "usage: tenken sign";
        QTest::newRow("unknown role")
            << QStringList{file, "--role", "king", "--identity", "a", "--key", "KEY", "--decision", "reject"}
            << "no role \"king\". — Roles: owner, reviewer, approver; a role that whoever verifies asks for takes their "
               "policy file, --policy";
        QTest::newRow("a role that moves the cursor")
            << QStringList{file, "--role", "\u001b[2Jking", "--identity", "a", "--key", "KEY", "--decision", "reject"}
            << "no role \"␛[2Jking\"";
        QTest::newRow("odd identity")
            << QStringList{file, "--role", "owner", "--identity", "a b", "--key", "KEY", "--decision", "reject"}
            << "cannot be a signer's identity";
        QTest::newRow("no such key")
            << QStringList{file, "--role", "owner", "--identity", "a", "--key", "/nowhere", "--decision", "reject"}
            << "no such key file";
        QTest::newRow("no key file")
            << QStringList{file, "--role", "owner", "--identity", "a", "--key", file, "--decision", "reject"}
            << "cannot be read as a key";
        QTest::newRow("NO-GO and no decision")
            << QStringList{file, "--role", "owner", "--identity", "a", "--key", "KEY"}
            << "The review itself says NO-GO: say what you decide. — Add --decision reject";
        QTest::newRow("odd decision")
            << QStringList{file, "--role", "owner", "--identity", "a", "--key", "KEY", "--decision", "maybe"}
            << "cannot be \"maybe\"";
        QTest::newRow("no file") << QStringList{"/nowhere.pdf", "--role", "owner", "--identity", "a",
                                                "--key",        "KEY"}
                                 << "no such file";
        QTest::newRow("merge one") << QStringList{"--merge", file} << "usage: tenken sign --merge";
    }

    void wrongUseIsExplained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        fresh(QStringLiteral("wrong.pdf"));
        arguments.replaceInStrings(QStringLiteral("KEY"), key(QStringLiteral("sato")));
        const auto outcome = runTenken(QStringList{"sign", "--lang", "en"} + arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(QString::fromUtf8(outcome.err).contains(words), outcome.err);
        QVERIFY(fileText(at(QStringLiteral("wrong.pdf"))) == m_body); // untouched
    }

    void otherDocumentsAreNotOverwritten()
    {
        const QString other = putFile(m_folder, QStringLiteral("other.pdf"), "%PDF-1.6\nnot this one");
        const auto outcome = sign(fresh(QStringLiteral("mine.pdf")), QStringLiteral("sato"),
                                  QStringLiteral("owner"), {"-o", other});
        QCOMPARE(outcome.code, 2);
        QCOMPARE(fileText(other), QByteArray("%PDF-1.6\nnot this one"));
    }

    void signaturesAreNotExportedOver()
    {
        const QString file = fresh(QStringLiteral("again.pdf"));
        const QStringList again{"export", at(QStringLiteral("service")), "-o", file, "--lang", "en"};
        QCOMPARE(runTenken(again).code, 0); // nobody signed it yet
        QCOMPARE(sign(file, QStringLiteral("sato"), QStringLiteral("owner")).code, 0);
        const QByteArray before = fileText(file);
        const auto refused = runTenken(again);
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("carries signatures") && refused.err.contains("Write to another name"),
                 refused.err);
        QCOMPARE(refused.err.count("carries signatures"), 1);
        QCOMPARE(verify(file, {"--body", file}).code, 2);
        QVERIFY(fileText(file) == before);
    }

    void theSameBytesOnEveryMachine()
    {
        const auto exported = [&](const QMap<QByteArray, QByteArray> &environment) {
            for (auto it = environment.begin(); it != environment.end(); ++it)
                qputenv(it.key(), it.value());
            const QString file = at(QStringLiteral("same.pdf"));
            const int code = runTenken({"export", at(QStringLiteral("service")), "-o", file, "--lang", "ja",
                                        "--today", "2026-11-20"})
                                 .code;
            for (auto it = environment.begin(); it != environment.end(); ++it)
                qunsetenv(it.key());
            return code == 0 ? fileText(file) : QByteArray();
        };
        const QByteArray plain = exported({});
        QVERIFY(plain.size() > 10'000);
        QVERIFY(exported({{"LANG", "ja_JP.UTF-8"}, {"LC_ALL", "ja_JP.UTF-8"}}) == plain);
        QVERIFY(exported({{"TZ", "America/New_York"}}) == plain);
        QVERIFY(exported({{"QT_FONT_DPI", "192"}, {"QT_SCALE_FACTOR", "2"}}) == plain);
        QVERIFY(exported({{"QT_HASH_SEED", "42"}, {"LANGUAGE", "zh_CN"}}) == plain);
    }

    void killedWhileSigning()
    {
        const QString file = fresh(QStringLiteral("killed.pdf"));
        QVERIFY(sign(file, QStringLiteral("sato"), QStringLiteral("owner")).code == 0);
        QElapsedTimer time;
        time.start();
        QVERIFY(sign(file, QStringLiteral("suzuki"), QStringLiteral("reviewer")).code == 0);
        const int whole = int(time.elapsed());
        QRandomGenerator random(9);
        size_t statements = 2;
        int kills = 0;
        for (int i = 0; i < 40; ++i) {
            QProcess process;
            process.start(QStringLiteral(TENKEN_PROGRAM),
                          {"sign", file, "--role", "approver", "--identity", "ito@example.com", "--key",
                           key(QStringLiteral("ito")), "--decision", "approve"});
            QVERIFY(process.waitForStarted());
            QThread::msleep(ulong(random.bounded(whole + 20)));
            process.kill();
            QVERIFY(process.waitForFinished());
            kills += process.exitStatus() == QProcess::CrashExit;
            const auto container = readContainer(fileText(file));
            QVERIFY(container.has_value());
            QVERIFY(!container->altered && container->body == m_body);
            QVERIFY2(container->statements.size() >= statements
                         && container->statements.size() <= statements + 1,
                     "a signature was lost");
            statements = container->statements.size();
        }
        qInfo("%d kills within %d ms each, %d signatures in the file, none lost", kills, whole,
              int(statements));
        QVERIFY(kills > 5);
        QCOMPARE(sign(file, QStringLiteral("ito"), QStringLiteral("approver")).code, 0);
        QCOMPARE(verify(file).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestSign)
#include "tst_sign.moc"
