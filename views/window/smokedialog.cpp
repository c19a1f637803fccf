// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/smokedialog.h>

#include <evidence/numbers.h>
#include <pages/label.h>
#include <parts/colours.h>
#include <parts/style.h>

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

namespace {

using State = SmokeResult::State;

enum Column { RequestColumn, TargetColumn, ResultColumn, StatusColumn, TimeColumn, CertificateColumn, ColumnCount };
constexpr qint64 fewDays = 14;

/// A sign and a word: the colour only repeats them.
QString stateText(State state, Lang lang)
{
    static const char16_t *const signs[] = {u"", u"…", u"✓ ", u"✗ ", u"– "};
    return QString::fromUtf16(signs[int(state)]) + titleOf(state).in(lang);
}

QColor stateColour(State state, const Colours &colours)
{
    return state == State::Passed ? colours.pass.text : state == State::Failed ? colours.fail.text : colours.text2;
}

/// What only people know of a run.
const std::vector<const char *> &askedPaths()
{
    static const std::vector<const char *> paths{"who", "image", "pods", "limits"};
    return paths;
}

} // namespace

SmokeDialog::SmokeDialog(const Evidence &evidence, const QString &author, Lang lang, QWidget *parent)
    : QDialog(parent), m_evidence(evidence), m_lang(lang)
{
    setWindowTitle(in({"動作確認", "Smoke run"}));
    const std::vector<ServiceEnvironment> none;
    for (const ServiceEnvironment &e : evidence.service.environments ? *evidence.service.environments : none) {
        if (!e.smoke.empty())
            m_environments.push_back(e);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(12);
    column->addWidget(new Label(windowTitle(), Type::Title));
    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    buildForm(*form);
    column->addLayout(form);
    m_where = new Label(QString(), Type::Body, Label::Ink::Text2);
    m_where->setTextFormat(Qt::PlainText);
    m_where->setWrapped();
    column->addWidget(m_where);
    buildTable();
    column->addWidget(m_table, 1);
    m_confirm = new QCheckBox;
    m_confirm->setObjectName(QStringLiteral("confirm"));
    column->addWidget(m_confirm);
    m_state = new Label(QString(), Type::Body, Label::Ink::Text2);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWrapped();
    m_state->setObjectName(QStringLiteral("state"));
    column->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    m_start = new QPushButton(in({"送る", "Send"}));
    m_start->setObjectName(QStringLiteral("start"));
    setPrimary(m_start);
    m_close = new QPushButton;
    m_close->setObjectName(QStringLiteral("close"));
    buttons->addStretch(1);
    buttons->addWidget(m_start);
    buttons->addWidget(m_close);
    column->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, &SmokeDialog::run);
    connect(m_close, &QPushButton::clicked, this, &SmokeDialog::reject);
    connect(m_confirm, &QCheckBox::toggled, this, &SmokeDialog::refresh);
    connect(m_environment, &QComboBox::currentIndexChanged, this, &SmokeDialog::choose);
    const RecordDraft proposal = proposedRecord(evidence, QStringLiteral("smoke"), author);
    for (const auto &[field, edit] : m_answers)
        edit->setText(proposal.answers.value(QString::fromLatin1(field->path)));
    choose();
    resize(900, 620);
    m_environment->setFocus();
}

void SmokeDialog::buildForm(QFormLayout &form)
{
    m_environment = new QComboBox;
    m_environment->setObjectName(QStringLiteral("environment"));
    m_environment->setAccessibleName(in({"環境", "Environment"}));
    for (const ServiceEnvironment &e : m_environments)
        m_environment->addItem(visible(e.id));
    form.addRow(in({"環境", "Environment"}), m_environment);
    for (const TestField *field : fieldsOf(QStringLiteral("smoke"))) {
        if (std::ranges::none_of(askedPaths(), [&](const char *path) { return QLatin1StringView(path) == QLatin1StringView(field->path); }))
            continue;
        auto *edit = new QLineEdit;
        edit->setObjectName(field->key());
        edit->setAccessibleName(in(field->what));
        edit->setPlaceholderText(exampleOf(*field, m_lang));
        form.addRow(in(field->what), edit);
        connect(edit, &QLineEdit::textChanged, this, &SmokeDialog::refresh);
        m_answers.emplace_back(field, edit);
    }
}

void SmokeDialog::buildTable()
{
    m_table = new QTableWidget(0, ColumnCount);
    m_table->setObjectName(QStringLiteral("requests"));
    m_table->setAccessibleName(in({"要求", "Requests"}));
    m_table->setHorizontalHeaderLabels({in({"要求", "Request"}), in({"送り先", "Goes to"}), in({"結果", "Result"}), in({"番号", "Status"}),
                                        in({"時間", "Time"}), in({"証明書", "Certificate"})});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false); // Tab leaves it, as everywhere
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(TargetColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
}

const ServiceEnvironment *SmokeDialog::environment() const
{
    const int index = m_environment->currentIndex();
    return index < 0 || index >= int(m_environments.size()) ? nullptr : &m_environments[size_t(index)];
}

void SmokeDialog::choose()
{
    m_run.reset();
    m_confirm->setChecked(false);
    tell({});
    const ServiceEnvironment *e = environment();
    m_table->setRowCount(e ? int(e->smoke.size()) : 0);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const SmokeRequest &request = e->smoke[size_t(row)];
        for (int column = 0; column < ColumnCount; ++column)
            m_table->setItem(row, column, new QTableWidgetItem);
        m_table->item(row, RequestColumn)->setText(visible(request.id));
        m_table->item(row, TargetColumn)->setText(visible(maskSecrets(request.method + u' ' + request.url)));
        show(row, {.id = request.id});
    }
    m_table->resizeColumnToContents(RequestColumn);
    if (!e) {
        tell({"送る要求がありません。service.yaml の `environments[].smoke` に書いてください。",
              "There are no requests. Write them under `environments[].smoke` in service.yaml."}, true);
    } else {
        const QStringList missing = missingVariables(*e);
        m_where->setText(visible(maskSecrets(in(whereItGoes(*e)))) + in({"。", "."}));
        m_confirm->setText(visible(in(Text{"本番です。%1", "This is production. %1"}.arg(whereItGoes(*e)))));
        if (!missing.isEmpty())
            tell(Text{"環境変数がなく、送れない要求があります: %1", "Some requests cannot be sent, for these environment variables are not set: %1"}.arg(missing.join(QStringLiteral(", "))), true);
    }
    m_confirm->setVisible(e && isProduction(*e));
    refresh();
}

void SmokeDialog::show(int row, const SmokeResult &result)
{
    const Colours &colours = coloursFor(palette());
    QTableWidgetItem *state = m_table->item(row, ResultColumn);
    state->setText(stateText(result.state, m_lang));
    state->setForeground(stateColour(result.state, colours));
    state->setToolTip(visible(maskSecrets(in(result.reason))));
    m_table->item(row, StatusColumn)->setText(result.status > 0 ? QString::number(result.status) : QString());
    m_table->item(row, TimeColumn)->setText(result.milliseconds > 0 ? formatMs(result.milliseconds) : QString());
    QTableWidgetItem *certificate = m_table->item(row, CertificateColumn);
    const qint64 days = QDateTime::currentDateTimeUtc().daysTo(result.certificateExpires);
    const bool known = result.certificateExpires.isValid();
    certificate->setText(!known ? QString() : in((days < fewDays ? Text{"! あと %1 日", "! %1 d left"} : Text{"あと %1 日", "%1 d left"}).arg(days)));
    certificate->setForeground(known && days < fewDays ? colours.warn.text : colours.text);
    m_table->resizeColumnToContents(ResultColumn);
}

void SmokeDialog::run()
{
    const ServiceEnvironment *e = environment();
    if (!e || (m_run && m_run->isRunning()))
        return;
    m_run = std::make_unique<SmokeRun>(*e);
    connect(m_run.get(), &SmokeRun::changed, this, [this](int row) { show(row, m_run->results()[size_t(row)]); });
    connect(m_run.get(), &SmokeRun::finished, this, &SmokeDialog::ended);
    tell({"送っています。", "Sending."});
    m_run->start();
    refresh();
    m_close->setFocus();
}

void SmokeDialog::ended()
{
    m_confirm->setChecked(false);
    refresh();
    if (m_run->wasCancelled())
        return tell({"中止しました。記録はしていません。", "Cancelled. Nothing was recorded."}, true);
    QMap<QString, QString> answers;
    for (const auto &[field, edit] : m_answers)
        answers.insert(QString::fromLatin1(field->path), edit->text().trimmed());
    const Result<QString> written = writeRecord(m_evidence.folder, smokeRecord(*m_run, answers), smokeRecordName(*m_run));
    if (!written)
        return tell(Text{"記録できません: %1", "It cannot be recorded: %1"}.arg(Text{written.error().toString(Lang::Ja), written.error().toString(Lang::En)}), true);
    m_written = *written;
    const auto passed = std::ranges::count(m_run->results(), State::Passed, &SmokeResult::state);
    const bool all = size_t(passed) == m_run->results().size();
    tell(Text{"%2 件のうち %1 件が合格しました。%3 に記録しました。", "%1 of %2 requests passed. Recorded in %3."}.arg(qint64(passed), m_run->results().size(), m_written), !all);
    emit recorded();
}

void SmokeDialog::refresh()
{
    const bool running = m_run && m_run->isRunning();
    Text wrong;
    for (const auto &[field, edit] : m_answers) {
        const Text complaint = complaintAbout(m_evidence, QStringLiteral("smoke"), *field, edit->text());
        if (!complaint.isEmpty() && wrong.isEmpty())
            wrong = Text{"%1: %2", "%1: %2"}.arg(field->what, complaint);
    }
    if (!wrong.isEmpty())
        tell(wrong, true);
    else if (m_complaining)
        tell({});
    m_complaining = !wrong.isEmpty();
    m_start->setEnabled(environment() && !running && wrong.isEmpty() && (m_confirm->isHidden() || m_confirm->isChecked()));
    m_environment->setEnabled(!running);
    m_close->setText(running ? in({"中止", "Cancel"}) : in({"閉じる", "Close"}));
}

void SmokeDialog::tell(const Text &text, bool wrong)
{
    m_state->setText(visible(maskSecrets(in(text))));
    m_state->setInk(wrong ? Label::Ink::Fail : Label::Ink::Text2);
}

void SmokeDialog::reject()
{
    if (m_run && m_run->isRunning())
        m_run->cancel();
    else
        QDialog::reject();
}

} // namespace tenken
