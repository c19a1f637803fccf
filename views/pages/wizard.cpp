// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/wizard.h>

#include <evidence/service.h>
#include <pages/label.h>
#include <parts/style.h>

#include <QDialogButtonBox>
#include <QDir>
#include <QFutureWatcher>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>


namespace tenken {

StartWizard::StartWizard(const QString &folder, Lang lang, QWidget *parent)
    : QDialog(parent), m_folder(folder), m_lang(lang), m_stop(std::make_shared<std::atomic_bool>(false))
{
    setWindowTitle(Text{"レビューを始める", "Start a review"}.in(lang));
    resize(880, 680);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(12);
    auto *title = new Label(Text{"このフォルダーにはまだ readiness/ がありません。", "This folder has no readiness/ yet."}.in(lang), Type::Question);
    title->setWrapped();
    column->addWidget(title);
    auto *path = new Label(QDir::toNativeSeparators(folder), Type::Code, Label::Ink::Text2);
    path->setTextFormat(Qt::PlainText);
    column->addWidget(path);
    m_found = new Label(Text{"中身を調べています…", "Looking through it…"}.in(lang), Type::Body);
    m_found->setWordWrap(true);
    column->addWidget(m_found);
    m_busy = new QProgressBar;
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedHeight(4);
    column->addWidget(m_busy);
    m_text = new QPlainTextEdit;
    m_text->setFont(fontFor(Type::Code));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(QStringLiteral("readiness/service.yaml"));
    column->addWidget(m_text, 1);
    m_problem = new Label(Type::Caption, Label::Ink::Fail);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    auto *buttons = new QDialogButtonBox;
    m_write = buttons->addButton(Text{"readiness/service.yaml を書く", "Write readiness/service.yaml"}.in(lang), QDialogButtonBox::AcceptRole);
    setPrimary(m_write);
    m_write->setEnabled(false);
    buttons->addButton(Text{"やめる", "Cancel"}.in(lang), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &StartWizard::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &StartWizard::reject);
    column->addWidget(buttons);
    search();
}

StartWizard::~StartWizard()
{
    *m_stop = true; // the worker holds its own copies and ends by itself
}

void StartWizard::search()
{
    auto *watcher = new QFutureWatcher<Discovery>(this);
    connect(watcher, &QFutureWatcher<Discovery>::finished, this, [this, watcher] { show(watcher->result()); });
    watcher->setFuture(QtConcurrent::run([folder = m_folder, stop = m_stop] {
        return discover(folder, [stop](const QString &) { return !*stop; });
    }));
}

QString StartWizard::summary(const Discovery &found) const
{
    if (found.isEmpty())
        return Text{"マニフェストも負荷試験も見つかりませんでした。下のファイルに場所を書いてください。",
                    "Neither manifests nor load tests were found. Write where they are into the file below."}.in(m_lang);
    return Text{"ワークロード %1、パイプライン %2、負荷試験 %3、ガイド %4 を見つけました。書く前に直せます。",
                "Found: workloads %1, pipelines %2, load tests %3, guides %4. You can change the file before it is written."}
        .arg(found.workloads, int(found.pipelines.size()), int(found.loadTests.size()), int(found.guides.size())).in(m_lang);
}

void StartWizard::show(const Discovery &found)
{
    m_searching = false;
    m_busy->hide();
    m_found->setText(summary(found));
    m_text->setPlainText(QString::fromUtf8(proposeServiceFile(found, m_lang)));
    m_write->setEnabled(true);
}

void StartWizard::accept()
{
    const QByteArray bytes = m_text->toPlainText().toUtf8();
    const auto yaml = YamlFile::parse(bytes, QStringLiteral("readiness/service.yaml"));
    std::vector<Problem> problems = yaml->errors();
    if (problems.empty())
        problems = readService(*yaml).problems;
    if (!problems.empty()) {
        m_problem->setText(problems.front().toString(m_lang));
        m_problem->show();
        return;
    }
    QDir(m_folder).mkpath(QStringLiteral("readiness"));
    const auto written = writeAtomically(QDir(m_folder).filePath(QStringLiteral("readiness/service.yaml")), bytes);
    if (!written) {
        m_problem->setText(written.error().toString(m_lang));
        m_problem->show();
        return;
    }
    QDialog::accept();
}

} // namespace tenken
