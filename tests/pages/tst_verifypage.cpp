// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signoff/made.h"

#include <pages/signeditems.h>
#include <pages/verifypage.h>
#include <parts/pdfview.h>

#include <QJsonArray>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace tenken;

/// A signed document in the window.
class TestVerifyPage : public QObject
{
    Q_OBJECT

    made::People m_people;
    QByteArray m_body, m_evidence;

    QByteArray review() const
    {
        QJsonObject root = QJsonDocument::fromJson(made::reviewJson(made::frozen())).object();
        const QJsonObject title{{"ja", "安全な停止"}, {"en", "Graceful stop"}},
            standing{{"ja", "不合格"}, {"en", "Fail"}};
        const QJsonObject finding{{"rule", "graceful-stop"},
                                  {"verdict", "fail"},
                                  {"file", "deploy/api.yaml"},
                                  {"line", 41},
                                  {"title", QJsonObject{{"ja", "猶予"}, {"en", "Grace period"}}},
                                  {"measured", QJsonObject{{"ja", "30 s"}, {"en", "30 s"}}}};
        const QJsonObject team{
            {"answer", "pass"}, {"note", "key AKIAIOSFODNN7EXAMPLE"}, {"by", "Sato"}, {"at", "2026-11-20"}};
        root.insert(
            QStringLiteral("items"),
            QJsonArray{QJsonObject{{"id", "resilience.graceful-stop"},
                                   {"title", title},
                                   {"standing", standing},
                                   {"verdict", "fail"},
                                   {"findings", QJsonArray{finding}},
                                   {"team", team}},
                       QJsonObject{{"id", "release.lint"}, {"title", title}, {"standing", standing}}});
        return QJsonDocument(root).toJson();
    }

    QString shown(const QWidget &page) const
    {
        QStringList texts;
        for (const QLabel *label : page.findChildren<QLabel *>())
            texts << label->text();
        return texts.join(u'\n');
    }

    QString signedFile()
    {
        std::vector<SignedStatement> statements;
        for (const auto &[who, role] :
             {std::pair("sato", "owner"), std::pair("suzuki", "reviewer"), std::pair("ito", "approver")}) {
            const SshKey key = m_people.key(QString::fromLatin1(who));
            statements.push_back(made::signedBy(
                made::statement(m_body, made::frozen(), QString::fromLatin1(role),
                                QString::fromLatin1(who) + QStringLiteral("@example.com"), key),
                key));
        }
        return m_people.put(QStringLiteral("signed.pdf"), *assemble(m_body, statements));
    }

private slots:
    void initTestCase()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
        QStandardPaths::setTestModeEnabled(true);
        QDir().mkpath(m_people.file(QStringLiteral("service/deploy")));
        m_people.put(QStringLiteral("service/deploy/api.yaml"), "a: 1\n");
        m_evidence = sha256Hex("a: 1\n") + "  deploy/api.yaml\n";
        PdfUpdate update(*PdfFile::read(made::page("Body")));
        QVERIFY(update
                    .attach({{"evidence.sha256", "text/plain", "E", m_evidence},
                             {"review.json", "application/json", "R", review()}})
                    .has_value());
        m_body = update.save();
    }

    void everyCheckIsThereInWords()
    {
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            VerifyPage page(lang);
            page.resize(1280, 800);
            page.show();
            page.setTrust({m_people.allow({"sato", "suzuki", "ito"}), {}});
            QSignalSpy verified(&page, &VerifyPage::verified);
            page.openFile(signedFile());
            QTRY_VERIFY_WITH_TIMEOUT(!verified.isEmpty(), 30'000);
            const QString text = shown(page);
            for (const Check &check : page.verification()->checks)
                QVERIFY2(text.contains(check.title.in(lang)), qPrintable(check.id));
            QVERIFY2(text.contains(page.verification()->headline().in(lang)), qPrintable(text));
            QVERIFY(text.contains(QStringLiteral("sato@example.com"))
                    && text.contains(QStringLiteral("id-auth v1.2.0")));
            QVERIFY2(
                text.contains(lang == Lang::Ja ? QStringLiteral("確認できました") : QStringLiteral("Holds")),
                qPrintable(text)); // never colour alone
            QCOMPARE(page.findChild<PdfView *>()->pageCount(), 1); // the body's, not the outer file's
            for (const QPushButton *button : page.findChildren<QPushButton *>())
                QVERIFY(!button->text().isEmpty());
        }
    }

    void itemsSayWhatChangedSince()
    {
        VerifyPage page(Lang::En);
        page.show();
        QSignalSpy verified(&page, &VerifyPage::verified);
        m_people.put(QStringLiteral("service/deploy/api.yaml"), "a: 2\n");
        page.openFile(signedFile(), m_people.file(QStringLiteral("service")));
        QTRY_VERIFY_WITH_TIMEOUT(!verified.isEmpty(), 30'000);
        m_people.put(QStringLiteral("service/deploy/api.yaml"), "a: 1\n");
        auto *items = page.findChild<SignedItems *>();
        QCOMPARE(items->list()->topLevelItemCount(), 2);
        const QTreeWidgetItem *first = items->list()->topLevelItem(0),
                              *second = items->list()->topLevelItem(1);
        QCOMPARE(first->text(0), QStringLiteral("Graceful stop"));
        QCOMPARE(first->text(2), QStringLiteral("evidence changed"));
        QCOMPARE(second->text(2), QStringLiteral("evidence unchanged"));
        const QString details = items->details()->toPlainText();
        for (const char *words :
             {"Graceful stop", "Grace period", "deploy/api.yaml:41", "changed since sign-off", "Team: pass"})
            QVERIFY2(details.contains(QString::fromUtf8(words)), qPrintable(details));
        QVERIFY(!details.contains(QStringLiteral("AKIAIOSFODNN7EXAMPLE")));
        QVERIFY(items->details()->isReadOnly());
        QVERIFY(shown(page).contains(QStringLiteral("deploy/api.yaml: changed since sign-off")));
    }

    void anUnsignedDocumentSaysSo()
    {
        VerifyPage page(Lang::En);
        page.show();
        QSignalSpy verified(&page, &VerifyPage::verified);
        page.openFile(m_people.put(QStringLiteral("unsigned.pdf"), m_body));
        QTRY_VERIFY_WITH_TIMEOUT(!verified.isEmpty(), 30'000);
        QVERIFY(shown(page).contains(QStringLiteral("The document is not signed.")));
        QVERIFY(shown(page).contains(QStringLiteral("Nobody has signed yet.")));
    }

    void whatIsNoPdfIsTold()
    {
        VerifyPage page(Lang::En);
        QSignalSpy failed(&page, &VerifyPage::failed);
        page.openFile(m_people.put(QStringLiteral("text.pdf"), "text"));
        QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty(), 30'000);
        page.openFile(m_people.file(QStringLiteral("nowhere.pdf")));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, 30'000);
    }

    void theServiceAroundItIsComparedByItself()
    {
        QDir().mkpath(m_people.file(QStringLiteral("service/readiness/signed")));
        m_people.put(QStringLiteral("service/readiness/service.yaml"), "x\n");
        QFile::remove(m_people.file(QStringLiteral("service/readiness/signed/a.pdf")));
        QVERIFY(QFile::copy(signedFile(), m_people.file(QStringLiteral("service/readiness/signed/a.pdf"))));
        VerifyPage page(Lang::En);
        page.openFile(m_people.file(QStringLiteral("service/readiness/signed/a.pdf")));
        QCOMPARE(QFileInfo(page.repository()).canonicalFilePath(),
                 QFileInfo(m_people.file(QStringLiteral("service"))).canonicalFilePath());
        QSignalSpy verified(&page, &VerifyPage::verified);
        QTRY_VERIFY_WITH_TIMEOUT(!verified.isEmpty(), 30'000);
    }
};

QTEST_MAIN(TestVerifyPage)
#include "tst_verifypage.moc"
