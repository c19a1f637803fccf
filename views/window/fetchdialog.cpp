// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
#include <pages/label.h>
#include <parts/style.h>
#include <window/fetchdialog.h>

#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace tenken
{

namespace
{

enum Source { FromEnvironment, FromKeychain };

QDateTimeEdit *timeEdit(const QDateTime &time)
{
    auto *edit = new QDateTimeEdit(time);
    edit->setCalendarPopup(true);
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    return edit;
}

} // namespace

FetchDialog::FetchDialog(const Service &service, const QString &serviceFolder, Lang lang, QWidget *parent)
    : QDialog(parent),
      m_service(service),
      m_lang(lang),
      m_folder(snapshotFolder(serviceFolder, service)),
      m_keys(keysFromEnvironment()),
      m_model(lang)
{
    setWindowTitle(in({"Datadog から取得", "Fetch from Datadog"}));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(12);
    column->addWidget(new Label(windowTitle(), Type::Title));
    auto *where = new Label(in(destination()), Type::Body, Label::Ink::Text2);
    where->setWrapped();
    column->addWidget(where);
    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    buildForm(*form);
    column->addLayout(form);
    buildTable();
    column->addWidget(m_table, 1);
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(in({"進み具合", "Progress"}));
    m_progress->setVisible(false);
    column->addWidget(m_progress);
    m_state = new Label(QString(), Type::Body, Label::Ink::Text2);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWrapped();
    m_state->setObjectName(QStringLiteral("state"));
    column->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    buildButtons();
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    for (QPushButton *button : {m_resume, m_start, m_close})
        buttons->addWidget(button);
    column->addLayout(buttons);
    connect(&m_fetch, &FetchThread::rowChanged, &m_model, &FetchPlanModel::setRow);
    connect(&m_fetch, &FetchThread::finished, this, &FetchDialog::ended);
    connect(&m_fetch, &FetchThread::progress, this, [this](int done, int total, const Text &what) {
        m_progress->setRange(0, std::max(total, 1));
        m_progress->setValue(done);
        tell(Text{"%3（%2 件中 %1 件）", "%3 (%1 of %2)"}.arg(done, total,
                                                              Text{visible(what.ja), visible(what.en)}));
    });
    connect(&m_keychain, &KeychainKeys::finished, this, &FetchDialog::showKeys);
    planAgain();
    showKeys({});
    resize(980, 760);
    m_table->setFocus();
}

void FetchDialog::buildForm(QFormLayout &form)
{
    m_site = new QComboBox;
    m_site->setEditable(true);
    m_site->addItems(knownSites());
    m_site->setCurrentText(m_keys.site.isEmpty() ? defaultSite : m_keys.site);
    const FetchWindow window = defaultWindow(QDateTime::currentDateTime());
    m_from = timeEdit(window.from);
    m_to = timeEdit(window.to);
    m_environment = new QLineEdit(productionOf(m_service));
    m_span = new QLineEdit(FetchWishes().span);
    m_source = new QComboBox;
    m_source->addItem(in({"環境変数 DD_API_KEY・DD_APP_KEY", "Environment: DD_API_KEY, DD_APP_KEY"}));
    m_source->addItem(in({"デスクトップの鍵束", "The desktop's keychain"}));
    m_keyState = new Label(QString(), Type::Body, Label::Ink::Text2);
    m_keyState->setWrapped();
    const auto add = [&](const Text &label, QWidget *editor, const char *name) {
        editor->setAccessibleName(in(label));
        editor->setObjectName(QLatin1StringView(name));
        form.addRow(in(label), editor);
    };
    add({"サイト", "Site"}, m_site, "site");
    add({"期間の始まり", "Window from"}, m_from, "from");
    add({"期間の終わり", "Window to"}, m_to, "to");
    add({"環境（タグ env）", "Environment (tag env)"}, m_environment, "environment");
    add({"入口のスパン", "Entry span"}, m_span, "span");
    add({"キー", "Keys"}, m_source, "source");
    form.addRow(QString(), m_keyState);
    connect(m_site, &QComboBox::currentTextChanged, this, &FetchDialog::planAgain);
    connect(m_from, &QDateTimeEdit::dateTimeChanged, this, &FetchDialog::planAgain);
    connect(m_to, &QDateTimeEdit::dateTimeChanged, this, &FetchDialog::planAgain);
    connect(m_environment, &QLineEdit::textChanged, this, &FetchDialog::planAgain);
    connect(m_span, &QLineEdit::textChanged, this, &FetchDialog::planAgain);
    connect(m_source, &QComboBox::currentIndexChanged, this, &FetchDialog::chooseKeys);
}

void FetchDialog::buildTable()
{
    m_table = new QTableView;
    m_table->setModel(&m_model);
    m_table->setAccessibleName(in({"取得の計画", "Plan"}));
    m_table->setObjectName(QStringLiteral("plan"));
    m_table->setTabKeyNavigation(false); // Tab leaves it, as everywhere
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems); // a cell is what keys act on
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(FetchPlanModel::Query, QHeaderView::Stretch);
    m_table->setColumnWidth(FetchPlanModel::What, 240);
    m_table->setColumnWidth(FetchPlanModel::Came, 260);
    m_table->setCurrentIndex(m_model.index(0, 0));
}

void FetchDialog::buildButtons()
{
    const auto button = [&](const Text &text, const char *name, auto run) {
        auto *made = new QPushButton(in(text));
        made->setObjectName(QLatin1StringView(name));
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, run);
        return made;
    };
    m_copy = button({"curl としてコピー(&C)", "&Copy as curl"}, "copy", [this] {
        QGuiApplication::clipboard()->setText(curlCommands(m_model.plan()).join(u'\n') + u'\n');
        tell({"キーを含まない curl の行をコピーしました。", "Copied as curl commands, without keys."});
    });
    m_resume = button({"続きを取る(&R)", "&Resume"}, "resume", [this] { run(true); });
    m_start = button({"取得する(&F)", "&Fetch"}, "start", [this] { run(false); });
    setPrimary(m_start);
    m_close = button({"閉じる", "Close"}, "close", [this] { reject(); });
}

Text FetchDialog::destination() const
{
    if (!m_folder)
        return Text{"%1 %2", "%1 %2"}.arg(m_folder.error().message, m_folder.error().hint);
    const QString shown = QDir::toNativeSeparators(*m_folder);
    const auto before = SnapshotWriter::wishesOf(*m_folder);
    if (!before)
        return Text{"読むだけです。%1 に書き出します。", "It only reads. The answers go to %1."}.arg(shown);
    return Text{"読むだけです。%1 の記録（%2 まで）を置き換えます。",
                "It only reads. The snapshot in %1, which ends at %2, is replaced."}
        .arg(shown, before->window.to.toString(QStringLiteral("yyyy-MM-dd HH:mm")));
}

FetchWishes FetchDialog::wishes() const
{
    FetchWishes wishes;
    wishes.site = m_site->currentText().trimmed();
    wishes.window = {m_from->dateTime(), m_to->dateTime()};
    wishes.environment = m_environment->text().trimmed();
    wishes.span = m_span->text().trimmed();
    return wishes;
}

void FetchDialog::planAgain()
{
    const int row = m_table->currentIndex().row();
    m_model.setPlan(fetchPlan(m_service, wishes()));
    m_table->setCurrentIndex(m_model.index(std::max(row, 0), 0));
    refresh();
}

void FetchDialog::chooseKeys()
{
    if (m_source->currentIndex() == FromKeychain) {
        m_keys = {};
        m_keyState->setText(in({"鍵束を開いています…", "Opening the keychain…"}));
        refresh();
        m_keychain.read();
        return;
    }
    m_keys = keysFromEnvironment();
    showKeys({});
}

void FetchDialog::showKeys(const Text &remark)
{
    if (m_source->currentIndex() == FromKeychain)
        m_keys = m_keychain.keys();
    Text state = remark;
    if (!m_keys.bearer.isEmpty())
        state = {"トークンがあります（表示しません）。", "There is a token (never shown)."};
    else if (!m_keys.api.isEmpty() && m_keys.application.isEmpty())
        state = {"API キーだけです。DD_APP_KEY がないと、ほとんど読めません。",
                 "An API key alone: without DD_APP_KEY little can be read."};
    else if (!m_keys.api.isEmpty())
        state = {"両方のキーがあります（表示しません）。", "Both keys are there (never shown)."};
    else if (state.isEmpty())
        state = {"DD_API_KEY と DD_APP_KEY（または DD_BEARER_TOKEN）がありません。",
                 "DD_API_KEY and DD_APP_KEY (or DD_BEARER_TOKEN) are not set."};
    m_keyState->setText(in(state));
    refresh();
}

void FetchDialog::refresh()
{
    if (!findChild<QPushButton *>(QStringLiteral("start")))
        return; // still being built
    const bool running = m_fetch.isRunning();
    Text wrong = wrongWindow(wishes().window);
    if (wrong.isEmpty() && apiUrl(wishes().site).isEmpty())
        wrong = {"サイトは datadoghq.com や ap1.datadoghq.com のように書いてください。",
                 "Write the site like datadoghq.com or ap1.datadoghq.com."};
    if (wrong.isEmpty() && !m_folder)
        wrong = m_folder.error().message;
    const bool ready = wrong.isEmpty() && !m_keys.isEmpty() && !running;
    m_start->setEnabled(ready);
    m_resume->setEnabled(ready && SnapshotWriter::wishesOf(*m_folder).has_value());
    m_copy->setEnabled(wrong.isEmpty());
    for (QWidget *editor :
         std::initializer_list<QWidget *>{m_site, m_from, m_to, m_environment, m_span, m_source})
        editor->setEnabled(!running);
    m_close->setText(running ? in({"中止", "Cancel"}) : in({"閉じる", "Close"}));
    m_progress->setVisible(running);
    if (!running && !wrong.isEmpty())
        tell(wrong, true);
    else if (!running)
        tell({"チェックを外した行は取りません。問い合わせは F2 で書き換えられます。",
              "Lines without a check are left out. F2 changes a query."});
}

void FetchDialog::tell(const Text &text, bool wrong)
{
    m_state->setInk(wrong ? Label::Ink::Fail : Label::Ink::Text2);
    m_state->setText(maskSecrets(in(text)));
}

void FetchDialog::run(bool resume)
{
    if (m_fetch.isRunning() || !m_folder)
        return;
    FetchOptions options;
    if (resume) { // of the window that it began with
        const auto begun = SnapshotWriter::wishesOf(*m_folder);
        if (!begun)
            return tell(begun.error().message, true);
        m_from->setDateTime(begun->window.from.toLocalTime());
        m_to->setDateTime(begun->window.to.toLocalTime());
        m_environment->setText(begun->environment);
    }
    options.plan = m_model.plan();
    options.keys = m_keys;
    options.folder = *m_folder;
    options.resume = resume;
    m_model.setRunning(true);
    m_fetch.start(options);
    refresh();
    m_close->setFocus();
}

void FetchDialog::ended(const FetchSummary &summary)
{
    m_model.setRunning(false);
    refresh();
    const Text text = summaryText(summary);
    const bool fine = summary.end == FetchSummary::End::Done || summary.end == FetchSummary::End::Cancelled;
    tell({visible(text.ja), visible(text.en)}, !fine);
    if (!summary.indexFile.isEmpty())
        emit fetched();
}

void FetchDialog::reject()
{
    if (m_fetch.isRunning())
        m_fetch.cancel();
    else
        QDialog::reject();
}

} // namespace tenken
