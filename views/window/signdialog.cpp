// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/signdialog.h>

#include <document/signoffbox.h>
#include <evidence/evidence.h>
#include <evidence/git.h>
#include <evidence/numbers.h>
#include <pages/label.h>
#include <parts/pdfview.h>
#include <parts/style.h>

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>

namespace tenken {

namespace {

QString gitSays(const char *key)
{
    const auto said =
        askGit(QDir::homePath(), {QStringLiteral("config"), QStringLiteral("--get"), QLatin1StringView(key)});
    return said ? QString::fromUtf8(*said).trimmed() : QString();
}

Label *wrapped(const QString &text, Type type, Label::Ink ink = Label::Ink::Text2)
{
    auto *label = new Label(text, type, ink);
    label->setTextFormat(Qt::PlainText);
    label->setWrapped();
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

SignDialog::SignDialog(const Signable &document, const QString &target, Lang lang, QWidget *parent)
    : QDialog(parent)
    , m_document(document)
    , m_target(target)
    , m_lang(lang)
    , m_pages(new PdfView(lang))
    , m_role(new QComboBox)
    , m_decision(new QComboBox)
    , m_key(new QComboBox)
    , m_identity(new QLineEdit)
    , m_name(new QLineEdit)
    , m_status(new Label(QString(), Type::Body)),
      m_missing(new Label(QString(), Type::Caption, Label::Ink::Text2))
    , m_sign(new QPushButton(Text{"署名する", "Sign"}.in(lang)))
{
    setWindowTitle(Text{"署名", "Sign"}.in(lang));
    resize(1180, 820);
    auto *column = new QVBoxLayout(this);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_pages);
    splitter->addWidget(buildForm());
    splitter->setSizes({700, 440});
    column->addWidget(splitter, 1);
    auto *buttons = new QDialogButtonBox;
    setPrimary(m_sign);
    buttons->addButton(m_sign, QDialogButtonBox::AcceptRole);
    QPushButton *cancel = buttons->addButton(Text{"やめる", "Cancel"}.in(lang), QDialogButtonBox::RejectRole);
    connect(m_sign, &QPushButton::clicked, this, &SignDialog::sign);
    connect(cancel, &QPushButton::clicked, this, &SignDialog::reject);
    column->addWidget(buttons);
    m_pages->setDocument(m_document.container.body);
    connect(&m_looking, &QFutureWatcher<Found>::finished, this, [this] {
        const Found found = m_looking.result();
        if (m_identity->text().isEmpty())
            m_identity->setText(found.identity);
        if (m_name->text().isEmpty())
            m_name->setText(found.name);
        std::vector<SshKey> keys = m_keys; // chosen while it looked
        for (const SshKey &key : found.keys) {
            if (!std::ranges::contains(keys, key.fingerprint, &SshKey::fingerprint))
                keys.push_back(key);
        }
        setKeys(keys);
    });
    connect(&m_signing, &QFutureWatcher<std::shared_ptr<Result<QByteArray>>>::finished, this, [this] {
        m_busy = false;
        update();
        if (const auto result = m_signing.result(); !*result)
            return say(sameText(result->error().toString(m_lang)), true);
        emit written(m_target);
        accept();
    });
    update();
    look();
}

SignDialog::~SignDialog()
{
    m_looking.waitForFinished();
    m_signing.waitForFinished();
}

QWidget *SignDialog::buildForm()
{
    auto *box = new QWidget;
    box->setMaximumWidth(640); // the page beside it is what is looked at
    auto *column = new QVBoxLayout(box);
    column->setSpacing(10);
    const Frozen &f = m_document.frozen;
    column->addWidget(
        wrapped(QStringLiteral("%1 %2").arg(f.service, f.version), Type::Question, Label::Ink::Text));
    column->addWidget(
        wrapped(Text{"左が、署名される文書そのものです。最初の %1 バイト\nsha256 %2",
                     "On the left is exactly what will be signed: the first %1 bytes\nsha256 %2"}
                    .arg(formatNumber(double(m_document.container.body.size())),
                         QString::fromLatin1(sha256Hex(m_document.container.body)))
                    .in(m_lang),
                Type::Caption));
    column->addWidget(wrapped(Text{"%1 まで有効(%2)", "Valid until %1 (%2)"}
                                  .arg(f.validUntil.toString(Qt::ISODate), f.validBecause)
                                  .in(m_lang),
                              Type::Body));
    if (const Text ruling = m_document.says.ruling(); !ruling.isEmpty())
        column->addWidget(wrapped(
            maskSecrets(visible(
                Text{"このレビューの判定は %1 です。", "The review itself says %1."}.arg(ruling).in(m_lang))),
            Type::BodyBold, m_document.saysNoGo() ? Label::Ink::Fail : Label::Ink::Text));
    if (m_document.waivers > 0)
        column->addWidget(
            wrapped(Text{"免除 %1 件の上に立つレビューです。",
                         m_document.waivers == 1 ? QStringLiteral("The review stands on %1 waiver.")
                                                 : QStringLiteral("The review stands on %1 waivers.")}
                        .arg(m_document.waivers)
                        .in(m_lang),
                    Type::Body, Label::Ink::Warn));
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    const auto add = [&](const Text &name, QWidget *widget) {
        widget->setAccessibleName(name.in(m_lang));
        form->addRow(name.in(m_lang), widget);
    };
    for (const SignOffRole &role : f.rule.roles)
        m_role->addItem(role.title.in(m_lang), role.role);
    for (const SignDecision d :
         {SignDecision::Approved, SignDecision::ApprovedWithWaivers, SignDecision::Rejected})
        m_decision->addItem(label(d).in(m_lang), toString(d));
    const auto usual = usualDecision(m_document);
    m_decision->setPlaceholderText(Text{"選んでください", "Choose one"}.in(m_lang));
    m_decision->setCurrentIndex(usual ? m_decision->findData(toString(*usual)) : -1);
    m_identity->setPlaceholderText(QStringLiteral("sato@example.com"));
    add({"役割", "Role"}, m_role);
    add({"判断", "Decision"}, m_decision);
    add({"署名者(鍵の一覧での名前)", "Signer, as in lists of allowed signers"}, m_identity);
    add({"氏名(印字されます)", "Name, as it is printed"}, m_name);
    add({"SSH の鍵", "SSH key"}, m_key);
    column->addLayout(form);
    column->addWidget(
        wrapped(Text{"書く先: %1", "Written to: %1"}.arg(QDir::toNativeSeparators(m_target)).in(m_lang),
                Type::Caption));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWrapped();
    m_missing->setWrapped();
    column->addWidget(m_missing);
    column->addWidget(m_status);
    column->addStretch(1);
    connect(m_identity, &QLineEdit::textChanged, this, &SignDialog::update);
    connect(m_decision, &QComboBox::currentIndexChanged, this, &SignDialog::update);
    connect(m_key, &QComboBox::activated, this, [this](int index) {
        if (index == m_key->count() - 1)
            chooseKeyFile();
    });
    return box;
}

void SignDialog::look()
{
    m_key->addItem(Text{"鍵を探しています…", "Looking for keys…"}.in(m_lang));
    m_looking.setFuture(QtConcurrent::run([] {
        return Found{sshKeysAtHand(), gitSays("user.email"), gitSays("user.name")};
    }));
}

void SignDialog::setKeys(const std::vector<SshKey> &keys)
{
    m_keys = keys;
    m_key->clear();
    for (const SshKey &key : keys) {
        const QString where =
            key.inAgent ? Text{"エージェント", "agent"}.in(m_lang) : QFileInfo(key.path).fileName();
        m_key->addItem(
            maskSecrets(visible(QStringLiteral("%1 %2 · %3 · %4")
                                    .arg(key.type, key.comment, where, key.fingerprint.left(18) + u'…'))));
        m_key->setItemData(m_key->count() - 1, key.fingerprint, Qt::ToolTipRole);
    }
    m_key->addItem(keys.empty()
                       ? Text{"鍵がありません。ファイルを選ぶ…", "No key found. Choose a file…"}.in(m_lang)
                       : Text{"鍵のファイルを選ぶ…", "Choose a key file…"}.in(m_lang));
    m_key->setCurrentIndex(0);
    update();
}

void SignDialog::chooseKeyFile()
{
    const QString path = QFileDialog::getOpenFileName(this, Text{"SSH の鍵", "SSH key"}.in(m_lang),
                                                      QDir::homePath() + QStringLiteral("/.ssh"));
    std::vector<SshKey> keys = m_keys;
    if (!path.isEmpty()) {
        const auto key = sshKeyOf(path);
        if (!key)
            say(sameText(key.error().toString(m_lang)), true);
        else
            keys.insert(keys.begin(), *key);
    }
    setKeys(keys);
}

SignRequest SignDialog::request() const
{
    SignRequest request;
    request.role = m_role->currentData().toString();
    request.identity = m_identity->text().trimmed();
    request.name = m_name->text();
    request.decision =
        signDecisionFromString(m_decision->currentData().toString()).value_or(SignDecision::Rejected);
    if (const int index = m_key->currentIndex(); index >= 0 && size_t(index) < m_keys.size())
        request.key = m_keys[size_t(index)];
    request.asking = Asking::Askpass;
    return request;
}

void SignDialog::update()
{
    QStringList missing;
    if (m_decision->currentIndex() < 0)
        missing << Text{"判断(レビューは NO-GO です)", "your decision (the review says NO-GO)"}.in(m_lang);
    if (!isIdentity(m_identity->text().trimmed()))
        missing << Text{"署名者", "the signer"}.in(m_lang);
    if (m_keys.empty() || size_t(m_key->currentIndex()) >= m_keys.size())
        missing << Text{"鍵", "a key"}.in(m_lang);
    const Text words{"署名する前に、あと: %1", "Before you can sign: %1"};
    m_missing->setText(missing.isEmpty() ? QString()
                                         : words.arg(missing.join(Text{"、", ", "}.in(m_lang))).in(m_lang));
    m_sign->setAccessibleDescription(m_missing->text());
    m_sign->setEnabled(!m_busy && missing.isEmpty());
}

void SignDialog::sign()
{
    const SignRequest wanted = request();
    // The box is drawn here: fonts belong to this thread. OpenSSH may wait for a person, so it runs in
    // another.
    const auto drawn =
        unsignedStatement(m_document, wanted, QDateTime::currentDateTimeUtc(), renderSignatureBox);
    if (!drawn)
        return say(sameText(drawn.error().toString(m_lang)), true);
    m_busy = true;
    update();
    say({"署名しています。パスフレーズや、鍵への接触を求められることがあります。",
         "Signing. You may be asked for a passphrase, or to touch the key."},
        false);
    m_signing.setFuture(
        QtConcurrent::run([document = m_document, target = m_target, statement = *drawn, wanted] {
            QDir().mkpath(QFileInfo(target).absolutePath());
            const auto added = withSignature(statement, wanted);
            return std::make_shared<Result<QByteArray>>(added ? addSignature(target, document, *added)
                                                              : Result<QByteArray>(failure(added.error())));
        }));
}

void SignDialog::say(const Text &words, bool bad)
{
    m_status->setInk(bad ? Label::Ink::Fail : Label::Ink::Text2);
    m_status->setText(maskSecrets(words.in(m_lang)));
}

QString SignDialog::said() const { return m_status->text(); }

void SignDialog::reject()
{
    if (!m_busy) // what OpenSSH is about to sign would be lost, or written after all
        QDialog::reject();
}

} // namespace tenken
