// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/verifypage.h>

#include <pages/label.h>
#include <pages/overviewparts.h>
#include <pages/signeditems.h>
#include <parts/panel.h>
#include <parts/pdfview.h>
#include <parts/style.h>
#include <signoff/signing.h>

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>

namespace tenken {

namespace {

Glyph glyphOf(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return Glyph::Pass;
    case CheckState::Bad:
        return Glyph::Fail;
    case CheckState::Changed:
        return Glyph::Stale;
    case CheckState::NotAsked:
        break;
    }
    return Glyph::Open;
}

Glyph glyphOf(const Verification &v)
{
    if (v.signings.empty())
        return Glyph::Open;
    return v.state() == CheckState::Ok && v.says.saysNoGo() ? Glyph::Warn : glyphOf(v.state());
}

Text wordOf(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return {"確認できました", "Holds"};
    case CheckState::Bad:
        return {"成り立ちません", "Does not hold"};
    case CheckState::Changed:
        return {"変わりました", "Changed"};
    case CheckState::NotAsked:
        break;
    }
    return {"確かめていません", "Not checked"};
}

Label *plain(const QString &text, Type type, Label::Ink ink = Label::Ink::Text)
{
    auto *label = new Label(maskSecrets(visible(text)), type, ink);
    label->setTextFormat(Qt::PlainText);
    label->setWrapped();
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

/// A glyph beside a title, a word that says the same as the glyph, and a sentence.
QWidget *entry(Glyph glyph, const QString &title, const QString &word, const QStringList &sentences)
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 4, 0, 4);
    row->setSpacing(10);
    row->addWidget(new GlyphWidget(glyph, 18), 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(1);
    column->addWidget(plain(QStringLiteral("%1 · %2").arg(title, word), Type::BodyBold));
    for (const QString &sentence : sentences)
        column->addWidget(plain(sentence, Type::Body, Label::Ink::Text2));
    row->addLayout(column, 1);
    box->setAccessibleName(QStringLiteral("%1: %2. %3").arg(title, word, sentences.join(u' ')));
    return box;
}

QString roleName(const Verification &v, const QString &role, Lang lang)
{
    const SignOffRole *known = v.frozen ? v.frozen->rule.role(role) : nullptr;
    return known && !known->title.isEmpty() ? known->title.in(lang) : role;
}

QWidget *signingEntry(const Signing &s, const QString &role, Lang lang)
{
    const QString name = s.statement.name.isEmpty()
        ? s.statement.identity
        : QStringLiteral("%1 <%2>").arg(s.statement.name, s.statement.identity);
    const Text word = s.counts ? label(s.statement.decision)
        : s.superseded         ? Text{"署名し直し済み", "Signed again"}
                               : Text{"数えません", "Does not count"};
    const Glyph glyph = !s.counts                        ? (s.superseded ? Glyph::Open : Glyph::Fail)
        : s.statement.decision == SignDecision::Rejected ? Glyph::Reject
                                                         : Glyph::Pass;
    const QString key =
        s.signature.fingerprint.isEmpty() ? s.statement.keyFingerprint : s.signature.fingerprint;
    const QString at = s.statement.signedAt.toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
    return entry(glyph, QStringLiteral("%1 · %2").arg(role, name), word.in(lang),
                 {QStringLiteral("%1 %2").arg(s.words.in(lang), at), key});
}

/// The service's folder where a document lies in its readiness/signed.
QString serviceAround(const QString &path)
{
    QDir folder = QFileInfo(path).absoluteDir();
    for (int up = 0; up < 3 && folder.cdUp(); ++up) {
        if (folder.exists(QStringLiteral("readiness/service.yaml")))
            return folder.absolutePath();
    }
    return {};
}

} // namespace

VerifyPage::VerifyPage(Lang lang, QWidget *parent) : QWidget(parent), m_lang(lang)
{
    setAccessibleName(Text{"署名の検証", "Verification of a sign-off"}.in(lang));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    column->addWidget(buildHead());
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(9);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildLeft());
    m_tabs = new QTabWidget;
    m_pages = new PdfView(lang);
    m_items = new SignedItems(lang);
    m_tabs->addTab(m_pages, Text{"署名された文書", "The document as signed"}.in(lang));
    m_tabs->addTab(m_items, Text{"項目", "Items"}.in(lang));
    splitter->addWidget(m_tabs);
    splitter->setSizes({520, 760});
    column->addWidget(splitter, 1);
    connect(&m_watcher, &QFutureWatcher<Outcome>::finished, this,
            [this] { showOutcome(m_watcher.result()); });
}

QWidget *VerifyPage::buildHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(14);
    m_glyph = new QVBoxLayout;
    row->addLayout(m_glyph);
    auto *words = new QVBoxLayout;
    m_headline = new Label(QString(), Type::Question);
    m_about = new Label(QString(), Type::Caption, Label::Ink::Text2);
    for (Label *label : {m_headline, m_about}) {
        label->setTextFormat(Qt::PlainText);
        label->setWrapped();
        words->addWidget(label);
    }
    row->addLayout(words, 1);
    const auto button = [&](const Text &text) {
        auto *b = new QPushButton(text.in(m_lang));
        row->addWidget(b, 0, Qt::AlignTop);
        return b;
    };
    connect(button({"知っている鍵…", "Known keys…"}), &QPushButton::clicked, this, &VerifyPage::signersRequested);
    connect(button({"フォルダーと比べる…", "Compare with a folder…"}), &QPushButton::clicked, this,
            &VerifyPage::repositoryRequested);
    QPushButton *sign = button({"署名する…", "Sign…"});
    setPrimary(sign);
    connect(sign, &QPushButton::clicked, this, [this] { emit signRequested(m_path); });
    return head;
}

QWidget *VerifyPage::buildLeft()
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(Text{"確かめたこと", "What was checked"}.in(m_lang));
    auto *content = new QWidget;
    m_checks = new QVBoxLayout(content);
    m_checks->setContentsMargins(0, 0, 12, 0);
    m_checks->setSpacing(2);
    scroll->setWidget(content);
    scroll->setMinimumWidth(380);
    return scroll;
}

void VerifyPage::openFile(const QString &path, const QString &repository)
{
    m_path = path;
    m_repository = repository.isEmpty() ? serviceAround(path) : repository;
    start();
}

void VerifyPage::setTrust(const Trust &trust)
{
    m_trust = trust;
    if (!m_path.isEmpty())
        start();
}

void VerifyPage::start()
{
    m_headline->setText(Text{"確かめています…", "Verifying…"}.in(m_lang));
    m_watcher.setFuture(
        QtConcurrent::run([path = m_path, repository = m_repository, trust = m_trust]() -> Outcome {
            const auto bytes = readDocument(path);
            auto policy = policyAtHand({}, trust);
            if (!bytes || !policy)
                return {nullptr, bytes ? policy.error() : bytes.error()};
            VerifyOptions options;
            options.policy = *std::move(policy);
            options.repository = repository;
            options.permissions = storedPermissions();
            auto verification = verifyDocument(*bytes, options);
            if (!verification)
                return {nullptr, verification.error()};
            return {std::make_shared<Verification>(*std::move(verification)), std::nullopt};
        }));
}

void VerifyPage::showOutcome(const Outcome &outcome)
{
    if (outcome.problem) {
        m_headline->setText(outcome.problem->toString(m_lang));
        emit failed(*outcome.problem);
        return;
    }
    m_verification = outcome.verification;
    const Verification &v = *m_verification;
    m_headline->setText(v.headline().in(m_lang));
    QStringList about{QDir::toNativeSeparators(m_path)};
    if (v.frozen)
        about << QStringLiteral("%1 %2").arg(v.frozen->service, v.frozen->version)
              << Text{"%1 まで有効", "valid until %1"}.arg(v.frozen->validUntil.toString(Qt::ISODate)).in(m_lang);
    m_about->setText(maskSecrets(visible(about.join(QStringLiteral(" · ")))));
    while (QLayoutItem *old = m_glyph->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    m_glyph->addWidget(new GlyphWidget(glyphOf(v), 34), 0,
                       Qt::AlignTop);
    showChecks();
    m_pages->setDocument(v.container.body);
    const QByteArray *review = v.container.bodyFile("review.json");
    m_items->setReview(review ? *review : QByteArray(), v.files, !m_repository.isEmpty());
    emit verified();
}

void VerifyPage::showChecks()
{
    while (QLayoutItem *old = m_checks->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    const auto heading = [&](const Text &text) {
        m_checks->addSpacing(6);
        m_checks->addWidget(new Label(text.in(m_lang), Type::CaptionBold, Label::Ink::Text2));
    };
    heading({"署名した人", "Who signed"});
    std::vector<Signing> signings = m_verification->signings;
    std::ranges::stable_sort(signings, {}, [](const Signing &s) {
        return s.superseded ? 2 : s.counts ? 1 : 0;
    });
    for (const Signing &s : signings)
        m_checks->addWidget(signingEntry(s, roleName(*m_verification, s.statement.role, m_lang), m_lang));
    if (m_verification->signings.empty())
        m_checks->addWidget(plain(Text{"まだ誰も署名していません。", "Nobody has signed yet."}.in(m_lang), Type::Body));
    heading({"確かめたこと", "What was checked"});
    // What needs eyes stands first.
    std::vector<Check> checks = m_verification->checks;
    std::ranges::stable_sort(checks, {}, [](const Check &c) {
        return c.state == CheckState::Bad ? 0 : c.state == CheckState::Changed ? 1 : 2;
    });
    for (const Check &check : checks)
        m_checks->addWidget(entry(glyphOf(check.state), check.title.in(m_lang),
                                  wordOf(check.state).in(m_lang), {check.words.in(m_lang)}));
    int shown = 0;
    for (const EvidenceFile &file : m_verification->files) {
        if (file.state == EvidenceFile::State::Same || ++shown > 200)
            continue;
        if (shown == 1)
            heading({"署名の後の証拠", "Evidence since sign-off"});
        m_checks->addWidget(
            plain(QStringLiteral("%1: %2").arg(file.path, file.words.in(m_lang)), Type::Caption));
    }
    m_checks->addStretch(1);
}

} // namespace tenken
