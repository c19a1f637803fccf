// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signedreview.h"

#include <QRandomGenerator>
#include <QTest>

using namespace tenken;

/// Every attack on a signed document, with its words; and what is valid stays so.
class TestVerify : public QObject, made::SignedReview
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
    }

    void whatIsGoodIsValid()
    {
        const auto v = verifyDocument(file(all()), options());
        expect(*v, 0, {}, "body", "are as they were signed");
        QCOMPARE(v->headline().en, QStringLiteral("The sign-off is valid and current."));
        QCOMPARE(int(v->signings.size()), 3);
        QVERIFY(std::ranges::all_of(v->signings, &Signing::counts));
        QCOMPARE(v->frozen->version, QStringLiteral("v1.2.0"));
    }

    void withoutSignaturesNothingIs()
    {
        expect(*verifyDocument(m_body, options()), 1,
               QStringLiteral("body signatures roles people decision"), "body",
               "No readable sign-off");
        QVERIFY(!verifyDocument("no PDF", options()).has_value());
    }

    void everyFlippedByteOfTheBodyIsSeen()
    {
        const QByteArray good = file(all());
        VerifyOptions o = remembering();
        QCOMPARE(verifyDocument(good, o)->exitCode(), 0);
        QRandomGenerator random(2026);
        int seen = 0, told = 0;
        for (int i = 0; i < 2500; ++i) {
            // Every byte of a small body at least once, then bytes and bits at random.
            QByteArray bytes = good;
            const qsizetype at = i < m_body.size() ? i : random.bounded(int(m_body.size()));
            bytes[at] = char(bytes[at] ^ (1 << random.bounded(8)));
            const auto v = verifyDocument(bytes, o);
            QVERIFY2(!v || v->exitCode() == 1, qPrintable(QStringLiteral("byte %1").arg(at)));
            ++seen;
            told += v && said(*v, "body").contains(QStringLiteral("changed after it was signed"));
        }
        qInfo("%d flipped bytes in a body of %lld, all seen; %d told as such", seen, qlonglong(m_body.size()),
              told);
        QVERIFY(told > 2000);
    }

    void aPageEditedByAnUpdateIsSeen()
    {
        PdfUpdate update(*PdfFile::read(file(all())));
        const int content = update.addStream(PdfValue::dictionary({}), "BT /F1 12 Tf 60 700 Td (GO) Tj ET");
        auto page = *update.dictionaryOf(3);
        page.set("Contents", PdfValue::reference(content));
        update.replace(3, page);
        const auto v = verifyDocument(update.save(), options());
        expect(*v, 3, QStringLiteral("container"), "container", "no sign-off was appended");
        QVERIFY(v->container.body == m_body); // what is shown is what was signed
        expect(*verifyDocument(file(all()) + "x 0 obj\nstartxref\n99\n%%EOF\n", options()), 3,
               QStringLiteral("container"), "container", "in a form Tenken does not write");
    }

    void aSwappedAttachmentIsSeen()
    {
        for (const auto &[name, id] :
             {std::pair("review.json", "review"), std::pair("evidence.sha256", "evidence")}) {
            PdfUpdate update(*PdfFile::read(file(all())));
            QVERIFY(update.attach({{name, "text/plain", "x", "{\"decision\":\"go\"}"}}).has_value());
            expect(*verifyDocument(update.save(), options()), 1,
                   QString::fromLatin1(id) + QStringLiteral(" container"), id, "was swapped after signing");
        }
    }

    void aSwappedStatementIsSeen()
    {
        auto statements = all();
        statements[1].statement.replace("\"approved\"", "\"approved-with-waivers\"");
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "does not fit the statement");
        statements = all();
        statements[1].signature = statements[0].signature;
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "does not fit the statement");
        statements = all();
        statements[1].signature.clear();
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "cannot be read");
        statements = all();
        statements[1].box = made::box("CEO");
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("statements"), "statements",
               "its box is another one");
    }

    void keysThatDoNotCount_data()
    {
        QTest::addColumn<QByteArray>("keyOptions");
        QTest::addColumn<QString>("revoked");
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("as");
        QTest::addColumn<QString>("words");
        QTest::newRow("foreign") << QByteArray() << ""
                                 << "eve"
                                 << "suzuki"
                                 << "not one that is known to be suzuki@example.com's";
        QTest::newRow("unknown person") << QByteArray() << ""
                                        << "eve"
                                        << "eve"
                                        << "not one that is known to be eve@example.com's";
        QTest::newRow("another's name") << QByteArray() << ""
                                        << "sato"
                                        << "suzuki"
                                        << "not one that is known to be suzuki@example.com's";
        QTest::newRow("revoked") << QByteArray() << "suzuki" << "suzuki" << "suzuki" << "has been revoked";
        QTest::newRow("expired") << QByteArray("valid-before=\"20261101\" ") << ""
                                 << "suzuki"
                                 << "suzuki"
                                 << "had expired";
    }

    void keysThatDoNotCount()
    {
        QFETCH(QByteArray, keyOptions);
        QFETCH(QString, revoked);
        QFETCH(QString, who);
        QFETCH(QString, as);
        QFETCH(QString, words);
        VerifyOptions o = options(keyOptions);
        if (!revoked.isEmpty())
            o.policy.trust.revoked = m_people.file(revoked + QStringLiteral(".pub"));
        const auto odd = by(who, QStringLiteral("reviewer"),
                            [&](Statement &s) { s.identity = as + QStringLiteral("@example.com"); });
        const auto v = verifyDocument(file(allBut(odd)), o);
        QCOMPARE(v->exitCode(), 1);
        QVERIFY2(said(*v, "signatures").contains(words), qPrintable(said(*v, "signatures")));
        QVERIFY(said(*v, "roles").contains(QStringLiteral("Reviewer")));
    }

    void anExtraSignatureOfAStrangerIsNotOverlooked()
    {
        auto statements = all();
        statements.push_back(by(QStringLiteral("eve"), QStringLiteral("owner")));
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures"), "signatures",
               "eve@example.com");
    }

    void withoutAListNothingIsValid()
    {
        VerifyOptions o = options();
        o.policy.trust = {};
        expect(*verifyDocument(file(all()), o), 1, QStringLiteral("signatures roles people decision"),
               "signatures", "whose keys to trust");
    }

    void theKeyNamedMustBeTheOneThatSigned()
    {
        const auto odd = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                            [](Statement &s) { s.keyFingerprint = QStringLiteral("SHA256:abc"); });
        expect(*verifyDocument(file(allBut(odd)), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "Another key than the statement names");
    }

    void theFutureIsNotSigned()
    {
        const auto odd = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                            [](Statement &s) { s.signedAt = s.signedAt.addYears(1); });
        expect(*verifyDocument(file(allBut(odd)), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "in the future");
    }

    void anotherDocumentsStatementIsSeen()
    {
        // A real signature over another review, moved into this file.
        Frozen other = m_frozen;
        other.version = QStringLiteral("v1.1.0");
        const QByteArray old = made::body(other);
        const auto v = verifyDocument(
            file(allBut(by(QStringLiteral("suzuki"), QStringLiteral("reviewer"), {}, old, other))),
            options());
        QCOMPARE(v->exitCode(), 1);
        QVERIFY2(said(*v, "body").contains(QStringLiteral("over different documents")),
                 qPrintable(said(*v, "body")));
        QVERIFY(said(*v, "statements").contains(QStringLiteral("does not fit the review")));
    }

    void statementsMustFitTheReview_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"version", "service", "id", "validity", "commit", "checklist"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }

    void statementsMustFitTheReview()
    {
        QFETCH(QString, what);
        const auto odd = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"), [&](Statement &s) {
            if (what == u"version")
                s.version = QStringLiteral("v9");
            else if (what == u"service")
                s.service = QStringLiteral("payments");
            else if (what == u"id")
                s.reviewId = QStringLiteral("other");
            else if (what == u"validity")
                s.validUntil = s.validUntil.addYears(10);
            else if (what == u"commit")
                std::erase_if(s.subjects, [](const Subject &x) { return x.name == subject::commit; });
            else
                s.subjects.back().digest = QByteArray(64, 'd');
        });
        expect(*verifyDocument(file(allBut(odd)), options()), 1, QStringLiteral("statements"), "statements",
               "does not fit the review: suzuki@example.com");
    }

    void uncommittedFilesAreNotSigned()
    {
        Frozen f = m_frozen;
        f.uncommitted = {QStringLiteral("deploy/api.yaml")};
        const QByteArray body = made::body(f);
        const auto bytes = assemble(body, {by(QStringLiteral("sato"), QStringLiteral("owner"), {}, body, f)});
        QVERIFY(said(*verifyDocument(*bytes, options()), "statements")
                    .contains(QStringLiteral("differed from the commit")));
    }

    void replayForAnotherVersionIsSeen()
    {
        VerifyOptions o = options();
        o.version = QStringLiteral("v1.3.0");
        expect(*verifyDocument(file(all()), o), 1, QStringLiteral("version"), "version",
               "It was signed for v1.2.0, not for v1.3.0.");
        o.version = QStringLiteral("v1.2.0");
        expect(*verifyDocument(file(all()), o), 0, {}, "version", "It was signed for v1.2.0");
        o.version = QString(10, u'a'); // of the commit
        QCOMPARE(verifyDocument(file(all()), o)->exitCode(), 0);
        o.version = QStringLiteral("aaa"); // too short to mean a commit
        QCOMPARE(verifyDocument(file(all()), o)->exitCode(), 1);
    }

    void validityEnds()
    {
        VerifyOptions o = options();
        o.now = QDateTime(m_frozen.validUntil, QTime(12, 0));
        QCOMPARE(verifyDocument(file(all()), o)->exitCode(), 0); // the last day still counts
        o.now = o.now.addDays(1);
        expect(*verifyDocument(file(all()), o), 3, QStringLiteral("validity"), "validity",
               "It ended on 2027-05-19 (the checklist's 180 days).");
        o = options();
        o.policy.maxAgeDays = 2;
        expect(*verifyDocument(file(all()), o), 3, QStringLiteral("validity"), "validity",
               "It ended on 2026-11-22 (the policy).");
    }

    void eitherOrderAndParallelCopies()
    {
        const auto statements = all();
        QByteArray one = file({statements[0]}), two = file({statements[1], statements[2]});
        const auto merged = mergedDocuments(two, one);
        QVERIFY(merged && *merged == file(statements));
        expect(*verifyDocument(*merged, options()), 0, {}, "signatures", "All 3 are by known people's keys");
    }
};

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
