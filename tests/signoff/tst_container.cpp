// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <QTest>

using namespace tenken;

#define NEEDS(program)                                                                                       \
    if (QStandardPaths::findExecutable(QStringLiteral(program)).isEmpty())                                   \
    QSKIP(program " is not installed")

/// The signed document as a file: body, and one update made from the statements alone.
class TestContainer : public QObject
{
    Q_OBJECT

    made::People m_people;
    const QByteArray m_body = made::body();
    SignedStatement m_owner, m_reviewer;

    SignedStatement by(const QString &who, const QString &role, int minutes = 0,
                       SignDecision decision = SignDecision::Approved)
    {
        const SshKey key = m_people.key(who);
        Statement s =
            made::statement(m_body, made::frozen(), role, who + QStringLiteral("@example.com"), key);
        s.signedAt = s.signedAt.addSecs(60 * minutes);
        s.decision = decision;
        return made::signedBy(s, key);
    }

    QByteArray signedWith(const std::vector<SignedStatement> &statements) const
    {
        const auto bytes = assemble(m_body, statements);
        return bytes ? *bytes : QByteArray();
    }

private slots:
    void initTestCase()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
        m_owner = by(QStringLiteral("sato"), QStringLiteral("owner"));
        m_reviewer = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"), 5);
        QVERIFY(!m_owner.signature.isEmpty() && !m_reviewer.signature.isEmpty());
    }

    void theBodyStaysAndStatementsComeBack()
    {
        const QByteArray file = signedWith({m_owner, m_reviewer});
        QVERIFY(file.startsWith(m_body));
        const auto c = readContainer(file);
        QVERIFY(c.has_value());
        QVERIFY(c->body == m_body);
        QCOMPARE(c->statements, (std::vector<SignedStatement>{m_owner, m_reviewer}));
        QVERIFY(!c->altered && c->shownReadable);
        QVERIFY(c->bodyFile("review.json") && *c->bodyFile("review.json") == *c->shownFile("review.json"));
        QVERIFY(c->shownFile("VERIFY.txt") && !c->bodyFile("VERIFY.txt"));
    }

    void anUnsignedDocumentIsItsOwnBody()
    {
        const auto c = readContainer(m_body);
        QVERIFY(c.has_value());
        QVERIFY(c->body == m_body && c->statements.empty() && !c->altered);
        QVERIFY(!readContainer("no PDF").has_value());
    }

    void orderDoesNotMatter()
    {
        const QByteArray both = signedWith({m_owner, m_reviewer});
        QVERIFY(signedWith({m_reviewer, m_owner}) == both);
        // Signing again starts from the statements, not from the file: nothing piles up.
        const auto first = readContainer(signedWith({m_reviewer}));
        auto statements = first->statements;
        statements.push_back(m_owner);
        QVERIFY(signedWith(statements) == both);
    }

    void theSameSaidTwiceStandsOnce()
    {
        SignedStatement again = m_owner;
        again.signature = "another signature\n";
        const QByteArray one = signedWith({m_owner}), other = signedWith({again});
        QVERIFY(one != other);
        for (const auto &both : {signedWith({m_owner, again}), signedWith({again, m_owner, m_owner}),
                                 *mergedDocuments(one, other)}) {
            const auto c = readContainer(both);
            QVERIFY(c && !c->altered);
            QCOMPARE(c->statements.size(), 1u);
            QVERIFY(both == one || both == other);
        }
        QVERIFY(*mergedDocuments(one, other) == *mergedDocuments(other, one));
    }

    void copiesSignedInParallelMerge()
    {
        const QByteArray both = signedWith({m_owner, m_reviewer}), one = signedWith({m_owner}),
                         other = signedWith({m_reviewer});
        QVERIFY(mergedDocuments(one, other) == both);
        QVERIFY(mergedDocuments(other, one) == both);
        QVERIFY(mergedDocuments(both, one) == both);
        QVERIFY(mergedDocuments(m_body, one) == one);
        QVERIFY(mergedDocuments(m_body, m_body) == m_body);
    }

    void whatIsWrittenStaysTheSameForYears()
    {
        // Documents signed today are taken apart and put together again by later versions: a change of these
        // bytes makes every one of them look altered. Do not mend the digest; keep the old form beside the
        // new one.
        SshKey key;
        key.fingerprint = QStringLiteral("SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ");
        const Statement s = made::statement(m_body, made::frozen(), QStringLiteral("owner"),
                                            QStringLiteral("sato@example.com"), key);
        const QByteArray file = signedWith({{statementBytes(s), "a signature\n", made::box("owner")}});
        QVERIFY(file.startsWith(m_body));
        QCOMPARE(sha256Hex(file.sliced(m_body.size())),
                 QByteArray("fd0eb3546913741ee06da0bd09a03850cb61bdd8ac879fb816eb1cf00fbf94db"));
    }

    void aForgedCopyTakesNoSignatureAway()
    {
        const QByteArray good = signedWith({m_owner, m_reviewer});
        const auto forged = [&](const QByteArray &signature, const QByteArray &box) {
            return signedWith({{m_owner.statement, signature, box}});
        };
        for (const QByteArray &copy :
             {forged("", m_owner.box), forged("zzz", m_owner.box), forged(m_reviewer.signature, m_owner.box),
              forged(m_owner.signature, made::box("CEO"))}) {
            QVERIFY(!copy.isEmpty());
            QVERIFY(mergedDocuments(good, copy) == good);
            QVERIFY(mergedDocuments(copy, good) == good);
        }
    }

    void otherDocumentsDoNotMerge()
    {
        Frozen f = made::frozen();
        f.version = QStringLiteral("v1.3.0");
        const auto merged = mergedDocuments(signedWith({m_owner}), made::body(f));
        QVERIFY(!merged);
        QVERIFY(merged.error().message.en.contains(QStringLiteral("no copies of the same document")));
        const auto altered = mergedDocuments(signedWith({m_owner}) + "%x\n", signedWith({m_reviewer}));
        QVERIFY(!altered);
        QVERIFY(altered.error().message.en.contains(QStringLiteral("appended")));
    }

    void whatIsAppendedLaterIsSeen()
    {
        const QByteArray file = signedWith({m_owner});
        // A page that looks like a sign-off, by an update as any editor makes it.
        PdfUpdate update(*PdfFile::read(file));
        const auto drawing = update.importPage(*PdfFile::read(made::page("APPROVED BY ALL")), 3, 595, 842);
        QVERIFY(update.addPage(595, 842, {{*drawing, 0, 0}}).has_value());
        const auto c = readContainer(update.save());
        QVERIFY(c && c->altered && c->shownReadable);
        QCOMPARE(int(c->statements.size()), 1);
        QVERIFY(c->body == m_body);
        // An update in a form that is not understood: the sign-off before it is still found.
        const auto odd =
            readContainer(file + "9 0 obj\n<<>>\nendobj\nxref\nnonsense\nstartxref\n12\n%%EOF\n");
        QVERIFY(odd && odd->altered && !odd->shownReadable);
        QCOMPARE(int(odd->statements.size()), 1);
        for (const QByteArray &more : {QByteArray("\n"), QByteArray("x"), QByteArray("%%EOF\n")})
            QVERIFY2(readContainer(file + more)->altered, more);
    }

    void manyPeopleGetTheirBoxes()
    {
        std::vector<SignedStatement> all;
        for (int i = 0; i < 8; ++i)
            all.push_back(by(QStringLiteral("sato"), QStringLiteral("owner"), i));
        const QByteArray file = signedWith(all);
        QCOMPARE(int(PdfFile::read(file)->pages()->size()), 3); // the body's, and two with up to six boxes
        QCOMPARE(int(readContainer(file)->statements.size()), 8);
        all.resize(1);
        while (all.size() < 65)
            all.push_back(all.front());
        QVERIFY(!assemble(m_body, all));
    }

    void otherProgramsReadIt()
    {
        NEEDS("qpdf");
        NEEDS("pdftotext");
        const QString path = m_people.put(QStringLiteral("signed.pdf"), signedWith({m_owner, m_reviewer}));
        int code = -1;
        const QByteArray said = made::output(QStringLiteral("qpdf"), {"--check", path}, &code);
        QVERIFY2(code == 0, said);
        const QByteArray text = made::output(QStringLiteral("pdftotext"), {"-f", "2", path, "-"});
        QVERIFY2(text.contains("owner") && text.contains("reviewer"), text); // the boxes
    }

    void itsOwnWordsVerifyItWithoutTenken()
    {
        NEEDS("bash");
        NEEDS("pdfdetach");
        const QString path = m_people.put(QStringLiteral("signed.pdf"), signedWith({m_reviewer, m_owner}));
        const QString allowed = m_people.allow({"sato", "suzuki"}),
                      script = m_people.file(QStringLiteral("VERIFY.txt"));
        QFile::remove(script);
        made::output(QStringLiteral("pdfdetach"), {"-savefile", "VERIFY.txt", "-o", script, path});
        const auto run = [&](const QString &pdf, const QString &list) {
            int code = -1;
            QDir(m_people.file(QStringLiteral("verify"))).removeRecursively();
            const QByteArray said =
                made::output(QStringLiteral("bash"), {script, pdf, list}, &code, m_people.file(QString()));
            return std::pair(code, said);
        };
        auto [code, said] = run(path, allowed);
        QVERIFY2(code == 0 && said.trimmed().endsWith("OK"), said);
        QCOMPARE(said.count("Good \"tenken-signoff@v1\" signature"), 2);
        QVERIFY2(said.contains("verify/body.pdf: OK") && said.contains("verify/review.json: OK"), said);
        // And it can fail: a byte of the body, somebody whose key is not known, another list of evidence.
        QByteArray bytes = signedWith({m_reviewer, m_owner});
        bytes[bytes.indexOf("Review")] = 'r';
        QVERIFY(run(m_people.put(QStringLiteral("bad.pdf"), bytes), allowed).first != 0);
        QVERIFY(run(path, m_people.allow({"sato"})).first != 0);
        PdfUpdate update(*PdfFile::read(signedWith({m_reviewer, m_owner})));
        QVERIFY(update.attach({{"evidence.sha256", "text/plain", "x", "none\n"}}).has_value());
        QVERIFY(run(m_people.put(QStringLiteral("swapped.pdf"), update.save()),
                    m_people.allow({"sato", "suzuki"}))
                    .first
                != 0);
    }

    void namesInItCannotRunAnything()
    {
        // The text is a script: what people write stands in it only where it cannot be a command.
        Statement s =
            made::statement(m_body, made::frozen(), QStringLiteral("owner"),
                            QStringLiteral("sato@example.com"), m_people.key(QStringLiteral("sato")));
        s.name = QStringLiteral("$(touch x)`touch y`");
        const QByteArray text = verifyText({made::signedBy(s, m_people.key(QStringLiteral("sato")))});
        QVERIFY(!text.contains("touch"));
    }
};

QTEST_GUILESS_MAIN(TestContainer)
#include "tst_container.moc"
