// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/reading.h>

#include <QProcess>
#include <QPromise>
#include <QtConcurrentRun>

namespace tenken {

namespace {

QString gitAuthor(const QString &folder)
{
    QProcess git;
    git.setWorkingDirectory(folder);
    git.start(QStringLiteral("git"), {QStringLiteral("config"), QStringLiteral("user.name")},
              QIODevice::ReadOnly);
    if (!git.waitForFinished(2'000)) {
        git.kill();
        git.waitForFinished(500);
        return {};
    }
    return git.exitCode() == 0 ? QString::fromUtf8(git.readAllStandardOutput().left(200)).simplified()
                               : QString();
}

/// A future carries one text of progress, so the step travels in it.
QString packed(const ReadingStep &step)
{
    return QStringList{QString::number(step.done), QString::number(step.total), step.what.ja.simplified(),
                       step.what.en.simplified()}.join(u'\n');
}

ReadingStep unpacked(const QString &text)
{
    const QStringList parts = text.split(u'\n');
    ReadingStep step;
    if (parts.size() >= 4) {
        step.done = parts[0].toInt();
        step.total = parts[1].toInt();
        step.what = {parts[2], parts[3]};
    }
    return step;
}

} // namespace

Result<LoadedPointer> load(const QString &folder, const std::function<bool(const ReadingStep &)> &progress)
{
    Result<Evidence> evidence = readEvidence(folder, {progress, storedPermissions()});
    if (!evidence)
        return failure(evidence.error());
    Result<Partial<Checklist>> read = checklistOf(*evidence);
    if (!read)
        return failure(read.error());
    Checklist *checklist = &read->value;
    std::ranges::move(read->problems, std::back_inserter(evidence->warnings));
    if (!progress({{"判定しています", "Judging"}, 1, 1}))
        return failure({});
    auto loaded = std::make_shared<Loaded>();
    loaded->readAt = QDateTime::currentDateTime();
    loaded->review = readReview(evidence->folder, evidence->service, *checklist);
    auto dissents = readDissents(evidence->folder);
    loaded->dissents = std::move(dissents.value);
    std::ranges::move(dissents.problems, std::back_inserter(evidence->unreadable));
    if (loaded->review)
        evidence->monitorLinks = loaded->review->review.monitors;
    loaded->assessment = evaluate(*checklist, *evidence);
    std::ranges::copy(loaded->assessment.problems, std::back_inserter(evidence->warnings));
    loaded->gitAuthor = gitAuthor(evidence->folder);
    loaded->evidence = std::move(*evidence);
    loaded->checklist = std::move(*checklist);
    return loaded;
}

LoadedPointer judgedAgain(const Loaded &loaded, const std::vector<MonitorLink> &monitors)
{
    auto again = std::make_shared<Loaded>(loaded);
    again->evidence.monitorLinks = monitors;
    again->assessment = evaluate(again->checklist, again->evidence);
    return again;
}

Reading::Reading(QObject *parent)
    : QObject(parent)
{
}

Reading::~Reading() { forget(); }

void Reading::start(const QString &folder)
{
    watch();
    // Only values go along: the worker may outlive this object.
    m_watcher->setFuture(QtConcurrent::run([folder](QPromise<Result<LoadedPointer>> &promise) {
        int count = 0;
        promise.setProgressRange(0, std::numeric_limits<int>::max());
        promise.addResult(load(folder, [&](const ReadingStep &step) {
            promise.setProgressValueAndText(++count, packed(step));
            return !promise.isCanceled();
        }));
    }));
}

void Reading::judgeAgain(const LoadedPointer &loaded, const std::vector<MonitorLink> &monitors)
{
    watch();
    m_watcher->setFuture(QtConcurrent::run(
        [loaded, monitors] { return Result<LoadedPointer>(judgedAgain(*loaded, monitors)); }));
}

void Reading::watch()
{
    forget();
    m_watcher = std::make_unique<Watcher>();
    connect(m_watcher.get(), &Watcher::progressTextChanged, this,
            [this](const QString &text) { emit step(unpacked(text)); });
    connect(m_watcher.get(), &Watcher::finished, this, &Reading::finish);
}

void Reading::cancel()
{
    if (!m_watcher)
        return;
    forget();
    emit cancelled();
}

/// The worker ends at its next step; nothing of it is heard any more.
void Reading::forget()
{
    if (!m_watcher)
        return;
    m_watcher->disconnect(this);
    m_watcher->cancel();
    m_watcher.release()->deleteLater(); // may be the sender of what runs now
}

void Reading::finish()
{
    const Result<LoadedPointer> result = m_watcher->result();
    forget();
    if (result)
        emit done(*result);
    else
        emit failed(result.error());
}

} // namespace tenken
