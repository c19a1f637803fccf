// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judgeddemo.h"
#include "signoff/made.h"

#include <document/document.h>
#include <document/facts.h>
#include <document/pages.h>
#include <document/signoffbox.h>
#include <document/written.h>
#include <review/reviewfile.h>
#include <review/waived.h>
#include <signoff/signing.h>

#include <QApplication>
#include <QHashSeed>
#include <QTest>

using namespace tenken;
using namespace tenken::test;

#define NEEDS(program)                                                                                       \
    if (QStandardPaths::findExecutable(QStringLiteral(program)).isEmpty())                                   \
    QSKIP(program " is not installed")

/// What the document says of who signs, and how signatures look on it.
class TestSignOffPage : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    made::People m_people;
    JudgedDemo m_demo;

    DocumentInput input(Lang lang, bool frozen = true) const
    {
        DocumentInput in = m_demo.input(lang);
        if (frozen)
            in.frozen = freeze(m_demo.evidence, m_demo.checklist, &m_demo.outcome, in.judgedAt,
                               {QStringLiteral("v1.2.0"), {QStringLiteral(".")}});
        return in;
    }

    QString put(const QByteArray &bytes, const QString &name = QStringLiteral("x.pdf")) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }

    QString text(const QByteArray &pdf, const QStringList &more = {}) const
    {
        return QString::fromUtf8(made::output(QStringLiteral("pdftotext"),
                                              QStringList{"-layout"} + more + QStringList{put(pdf), "-"}));
    }

    SignRequest request(const QString &who, const QString &role)
    {
        SignRequest r;
        r.role = role;
        r.identity = who + QStringLiteral("@example.com");
        r.name = QStringLiteral("佐藤 美咲");
        r.key = m_people.key(who);
        r.asking = Asking::Askpass;
        return r;
    }

private slots:
    void initTestCase()
    {
        m_demo.read();
    }

    void theLastPageHasABoxForEachRole()
    {
        NEEDS("pdftotext");
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            const auto pdf = renderPdf(input(lang));
            QVERIFY(pdf.has_value());
            const int pages = int(PdfFile::read(*pdf)->pages()->size());
            const QString last = text(*pdf, {"-f", QString::number(pages)});
            const QStringList wanted = lang == Lang::Ja
                ? QStringList{"署名",     "サービス責任者", "レビュアー",   "承認者",
                              "有効期限", "2027-05-19",     "tenken verify"}
                : QStringList{"Sign-off",    "Service owner", "Reviewer",     "Approver",
                              "Valid until", "2027-05-19",    "tenken verify"};
            for (const QString &word : wanted)
                QVERIFY2(last.contains(word), qPrintable(word + " is missing in: " + last));
            const QString cover = text(*pdf, {"-l", "2"});
            const QString digest = QString::fromLatin1(sha256Hex(reviewJson(input(lang))));
            QVERIFY2(cover.contains(digest) && last.contains(digest),
                     qPrintable(cover)); // paper names the file
            QVERIFY(cover.contains(frozenOf(input(lang)).reviewId));
        }
    }

    void boxesForInkAreAsLargeAsThoseForKeys()
    {
        const LaidOut document = layOut(input(Lang::Ja));
        const PageContent &last = document.pages.back();
        QCOMPARE(int(last.size()), 3); // the head, and two rows of boxes
        QVERIFY(qAbs(last[0].box.bottom() / unitsPerPoint - (sheet::headTop + sheet::headHeight)) < 0.01);
        for (const int row : {0, 1}) {
            const QRectF box = last[size_t(row + 1)].box;
            QVERIFY(qAbs(box.height() / unitsPerPoint - sheet::boxHeight) < 0.01);
            QVERIFY(qAbs(box.top() / unitsPerPoint - sheet::boxTop(row * sheet::columns)) < 0.01);
        }
        QCOMPARE(document.parts.back().page, int(document.pages.size()) - 1);
    }

    void manyRolesContinueOnAnotherPage()
    {
        const SignOffRule before = m_demo.checklist.signOff;
        m_demo.checklist.signOff.roles.push_back(
            {QStringLiteral("security"), {QStringLiteral("安全"), QStringLiteral("Security")}, 5});
        const LaidOut document = layOut(input(Lang::En));
        m_demo.checklist.signOff = before;
        QCOMPARE(int(document.pages.back().size()), 1); // boxes seven and eight
        QCOMPARE(document.parts.back().page, int(document.pages.size()) - 2);
    }

    void theOutlineLeadsThrough()
    {
        NEEDS("qpdf");
        const auto pdf = renderPdf(input(Lang::Ja));
        const QByteArray outline =
            made::output(QStringLiteral("qpdf"), {"--json", "--json-key=outlines", put(*pdf)});
        for (const char *title : {"判定", "1 リリース", "判定の規則と証拠", "署名"})
            QVERIFY2(outline.contains(title), title);
        QCOMPARE(PdfFile::read(*pdf)->catalog()->find("Lang")->string(), QByteArray("ja"));
    }

    void pagesNameTheReviewTheyCarry()
    {
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            const DocumentInput in = input(lang);
            const auto pdf = renderPdf(in);
            QVERIFY(reviewDigestsOnPages(*pdf).contains(sha256Hex(reviewJson(in))));
            QVERIFY(readSignable(*pdf, QDate(2026, 11, 23)).has_value());
        }
    }

    void whatIsOutsideGitIsNamed()
    {
        NEEDS("pdftotext");
        DocumentInput in = input(Lang::En);
        in.frozen->outsideGit = {QStringLiteral("deploy/new.yaml"), QStringLiteral("results/k6.json")};
        const QString words = text(*renderPdf(in)).simplified();
        QVERIFY2(words.contains(QStringLiteral("Evidence outside git (2): deploy/new.yaml, results/k6.json")),
                 qPrintable(words.left(3000)));
    }

    void theBoxSaysWhatTheReviewSays()
    {
        NEEDS("pdftotext");
        Statement s;
        s.identity = QStringLiteral("sato@example.com");
        s.validUntil = QDate(2027, 5, 19);
        s.signedAt = QDateTime(QDate(2026, 11, 23), QTime(7, 42), QTimeZone::UTC);
        s.keyFingerprint = QStringLiteral("SHA256:abc");
        const QByteArray box = renderSignatureBox(s, {"承認者", "Approver"}, {"x", "GO for stage 1 %"}, Lang::En);
        QVERIFY2(text(box).contains(QStringLiteral("The review itself says: GO for stage 1 %")), qPrintable(text(box)));
        QVERIFY(!text(renderSignatureBox(s, {"承認者", "Approver"}, {}, Lang::En)).contains(QStringLiteral("review itself")));
    }

    void withoutGitItIsAPreview()
    {
        const auto pdf = renderPdf(input(Lang::En, false));
        QVERIFY(pdf.has_value());
        const auto document = readSignable(*pdf, QDate(2026, 11, 23));
        QVERIFY(!document); // nothing says what would be signed
        QVERIFY(document.error().message.en.contains(
            QStringLiteral("no document of a review that can be signed")));
    }

    void onlyWaiversThatCountAreStoodOn()
    {
        Review review = m_demo.review;
        const Waiver good{QStringLiteral("x"), QStringLiteral("sato"), QStringLiteral("suzuki"), QStringLiteral("x"),
                          QDate(2026, 12, 20)};
        Waiver own = good, half = good, over = good;
        own.approver = good.requester;
        half.control.clear();
        over.expires = QDate(2026, 11, 1);
        const auto open = std::ranges::find_if(m_demo.outcome.items, [](const ItemStanding &s) {
            return s.item->waivable && (s.standing == Standing::Fail || s.standing == Standing::Unknown);
        });
        QVERIFY(open != m_demo.outcome.items.end());
        review.item(open->item->id)->waivers = {own, half, good, over};
        for (ItemReview &item : review.items) { // never waived, and needing none
            if (!m_demo.checklist.item(item.id)->waivable)
                item.waivers = {good};
        }
        const Assessment judged = withWaivers(m_demo.assessment, &review, QDate(2026, 11, 20));
        const Outcome outcome = decide(m_demo.checklist, judged, &review, QDate(2026, 11, 20));
        DocumentInput in = input(Lang::En);
        in.review = &review;
        in.outcome = &outcome;
        in.assessment = &judged;
        in.frozen = freeze(m_demo.evidence, m_demo.checklist, &outcome, in.judgedAt,
                           {QStringLiteral("v1.2.0"), {QStringLiteral(".")}});
        const auto pdf = renderPdf(in);
        const auto document = readSignable(*pdf, QDate(2026, 11, 23));
        QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().toString(Lang::En)));
        QCOMPARE(document->waivers, 1);
    }

    void otherFormatsSayTheSame()
    {
        for (const QByteArray &bytes : {htmlDocument(input(Lang::En)), markdownDocument(input(Lang::En))}) {
            for (const char *words : {"Valid until", "2027-05-19", "v1.2.0", "at least 2 people"})
                QVERIFY2(bytes.contains(words), words);
        }
    }

    void signedByTwoInEitherOrder()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
        const auto body = renderPdf(input(Lang::Ja));
        const auto document = readSignable(*body, QDate(2026, 11, 23));
        QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().toString(Lang::En)));
        QCOMPARE(document->lang, Lang::Ja);
        const QDateTime now(QDate(2026, 11, 23), QTime(7, 42), QTimeZone::UTC);
        const auto sign = [&](const QString &who, const QString &role, const QString &target) {
            const auto there = readDocument(target);
            const auto current = readSignable(there ? *there : *body, QDate(2026, 11, 23));
            const auto drawn = unsignedStatement(*current, request(who, role), now, renderSignatureBox);
            const auto added = drawn ? withSignature(*drawn, request(who, role)) : drawn;
            return added && addSignature(target, *current, *added);
        };
        const QString one = m_folder.filePath(QStringLiteral("one.pdf")),
                      two = m_folder.filePath(QStringLiteral("two.pdf"));
        QVERIFY(sign(QStringLiteral("sato"), QStringLiteral("owner"), one)
                && sign(QStringLiteral("suzuki"), QStringLiteral("reviewer"), one));
        QVERIFY(sign(QStringLiteral("suzuki"), QStringLiteral("reviewer"), two)
                && sign(QStringLiteral("sato"), QStringLiteral("owner"), two));
        QVERIFY(*readDocument(one) == *readDocument(two)); // keys of this kind sign the same twice
        VerifyOptions options;
        options.policy.trust.allowedSigners = m_people.allow({"sato", "suzuki"});
        options.policy.rule.roles = {{QStringLiteral("owner"), {}}};
        options.now = now;
        const auto v = verifyDocument(*readDocument(one), options);
        QCOMPARE(int(v->signings.size()), 2);
        for (const Check &c : v->checks)
            QVERIFY2(c.state == CheckState::Ok || c.state == CheckState::NotAsked || c.id == u"roles",
                     qPrintable(c.id + u' ' + c.words.en));
        if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty())
            return;
        const QByteArray bytes = *readDocument(one);
        const QString last = text(bytes, {"-f", QString::number(PdfFile::read(bytes)->pages()->size())});
        for (const char *words : {"署名", "佐藤 美咲", "sato@example.com", "suzuki@example.com", "承認",
                                  "2026-11-23 07:42 UTC", "SHA256:"})
            QVERIFY2(last.contains(QString::fromUtf8(words)),
                     qPrintable(QString::fromUtf8(words) + " is missing in: " + last));
        QVERIFY(last.contains(QString::fromLatin1(sha256Hex(*body)).left(32)));
        if (!QStandardPaths::findExecutable(QStringLiteral("qpdf")).isEmpty()) {
            int code = -1;
            const QByteArray said = made::output(QStringLiteral("qpdf"), {"--check", one}, &code);
            QVERIFY2(code == 0, said);
        }
    }
};

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    QApplication application(argc, argv);
    TestSignOffPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_signoffpage.moc"
