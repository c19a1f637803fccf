// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/session_p.h>

#include <review/stamp.h>
#include <review/waived.h>

#include <QDir>

namespace tenken {

namespace {

QString absolute(const QString &folder)
{
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    return canonical.isEmpty() ? QDir::cleanPath(QDir::current().absoluteFilePath(folder)) : canonical;
}

} // namespace

Session::Session(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    connect(&d->reading, &Reading::step, this, &Session::progress);
    connect(&d->reading, &Reading::done, this, [this](const LoadedPointer &loaded) {
        if (std::exchange(d->startOver, false))
            d->show(loaded);
        else
            d->showAgain(loaded);
    });
    connect(&d->reading, &Reading::failed, this, [this](const Problem &problem) { d->fail(problem); });
    connect(&d->reading, &Reading::cancelled, this, [this] {
        d->asked = d->folder;
        d->startOver = false;
        d->setState(d->folder.isEmpty() ? State::Empty : State::Ready);
        emit cancelled();
    });
    connect(&d->watch, &Watch::evidenceChanged, this, &Session::reload);
    connect(&d->watch, &Watch::reviewChanged, this, [this] { d->takeFromDisk(); });
}

Session::~Session() = default;

void Session::open(const QString &folder)
{
    d->asked = absolute(folder);
    d->startOver = true;
    d->setState(State::Loading);
    d->reading.start(d->asked);
}

void Session::reload()
{
    if (d->asked.isEmpty() || (d->startOver && d->reading.isRunning()))
        return;
    d->startOver = d->folder.isEmpty();
    d->setState(State::Loading);
    d->reading.start(d->asked);
}

void Session::cancel() { d->reading.cancel(); }

void Session::Private::setState(State now)
{
    if (state == now)
        return;
    state = now;
    emit q->stateChanged(now);
}

void Session::Private::show(const LoadedPointer &now)
{
    watch.stop();
    stack.clear();
    outcome = {};
    loaded = now;
    dissents = loaded->dissents;
    folder = asked = loaded->evidence.folder; // of the service, where a file in it was named
    open.start(loaded->review, loaded->evidence.service, loaded->checklist);
    lock.release();
    (void)lock.take(folder);
    // Somebody may have saved before we had the lock.
    open.takeFromDisk(folder, loaded->evidence.service, loaded->checklist);
    workOut();
    const Roots roots = rootsOf(loaded->evidence);
    watch.watch(folder, loaded->evidence.files, &roots);
    setState(State::Ready);
    emit q->loaded();
    tell();
}

void Session::Private::showAgain(const LoadedPointer &now)
{
    outcome = {};
    loaded = now;
    dissents = loaded->dissents;
    open.alignWithChecklist(loaded->checklist);
    // Not the one that came along: we may have saved since it was read.
    const auto incoming = open.takeFromDisk(folder, loaded->evidence.service, loaded->checklist);
    workOut();
    const Roots roots = rootsOf(loaded->evidence);
    watch.watch(folder, loaded->evidence.files, &roots);
    setState(State::Ready);
    emit q->loaded();
    announce(incoming);
    tell();
}

void Session::Private::fail(const Problem &problem)
{
    if (folder.isEmpty()) { // nothing else to show: wait for it to be mended
        SourceFile service;
        service.path = QStringLiteral("readiness/service.yaml");
        watch.watch(asked, {service});
    }
    asked = folder.isEmpty() ? asked : folder;
    startOver = false;
    setState(folder.isEmpty() ? State::Failed : State::Ready);
    emit q->failed(problem);
}

void Session::Private::workOut()
{
    problems = open.problems();
    if (!lock.isHeld() && lock.owner().isEmpty() && !folder.isEmpty())
        problems.push_back(readOnlyProblem());
    const QDate today = QDate::currentDate();
    if (auto counted = countedWaivers(open.review, today); waivedOf != loaded || counted != waived) {
        outcome = {};
        assessment = withWaivers(loaded->assessment, &open.review, today);
        waivedOf = loaded;
        waived = std::move(counted);
    }
    std::ranges::move(waiverProblems(assessment, open.review, today), std::back_inserter(problems));
    outcome = decide(loaded->checklist, assessment, &open.review, today, {}, open.objections(loaded->checklist));
    std::ranges::move(decisionProblems(outcome, loaded->checklist, open.review),
                      std::back_inserter(problems));
}

void Session::Private::judgeAgain()
{
    if (state == State::Empty || startOver || reading.isRunning()
        || open.review.monitors == loaded->evidence.monitorLinks || loaded->evidence.service.file.isEmpty())
        return;
    setState(State::Loading);
    reading.judgeAgain(loaded, open.review.monitors);
}

void Session::Private::tell()
{
    judgeAgain();
    emit q->outcomeChanged();
    if (const bool modified = open.unsavedEdits() > 0; modified != wasModified) {
        wasModified = modified;
        emit q->modifiedChanged(modified);
    }
    if (isReadOnly() != wasReadOnly) {
        wasReadOnly = isReadOnly();
        emit q->readOnlyChanged(wasReadOnly);
    }
}

void Session::Private::takeFromDisk()
{
    if (folder.isEmpty())
        return;
    const auto incoming = open.takeFromDisk(folder, loaded->evidence.service, loaded->checklist);
    workOut();
    announce(incoming);
    tell();
}

void Session::Private::announce(const OpenReview::Incoming &incoming)
{
    for (const QString &id : incoming.changedItems)
        emit q->itemChanged(id);
    if (!incoming.changedFile)
        return;
    std::vector<Problem> told = incoming.conflicts;
    if (open.unreadable())
        told.push_back(*open.unreadable());
    emit q->merged(told);
}

Problem Session::Private::readOnlyProblem() const
{
    if (open.isLocked())
        return *open.unreadable();
    return {QString::fromLatin1(reviewPath), {},
            lock.owner().isEmpty()
                ? Text{"readiness フォルダーに書けません。", "The folder readiness cannot be written to."}
                : Text{"%1 がこのレビューを開いています。", "%1 has this review open."}.arg(lock.owner()),
            {"読み取り専用です。", "It is read-only here."}};
}

Session::State Session::state() const { return d->state; }
QString Session::folder() const { return d->folder.isEmpty() ? d->asked : d->folder; }
bool Session::isReadOnly() const { return d->isReadOnly(); }
QString Session::lockOwner() const { return d->lock.owner(); }
bool Session::isModified() const { return d->open.unsavedEdits() > 0; }
int Session::unsavedEdits() const { return d->open.unsavedEdits(); }
QDateTime Session::readAt() const { return d->loaded->readAt; }
const Evidence &Session::evidence() const { return d->loaded->evidence; }
const Checklist &Session::checklist() const { return d->loaded->checklist; }
const Assessment &Session::assessment() const { return d->assessment; }
const Review &Session::review() const { return d->open.review; }
const Outcome &Session::outcome() const { return d->outcome; }
const std::vector<StatedDissent> &Session::dissents() const { return d->dissents; }
const std::vector<Problem> &Session::reviewProblems() const { return d->problems; }
void Session::takeMeeting(const Meeting &meeting, const QString &path)
{
    auto known = withMeeting(d->dissents, meeting, path);
    if (known == d->dissents)
        return;
    d->dissents = std::move(known);
    emit outcomeChanged();
}

QUndoStack *Session::undoStack() { return &d->stack; }

QString Session::author() const
{
    if (!d->author.isEmpty())
        return d->author;
    if (!d->loaded->gitAuthor.isEmpty())
        return d->loaded->gitAuthor;
    const QString login = qEnvironmentVariable("USER");
    return login.isEmpty() ? qEnvironmentVariable("LOGNAME") : login;
}

void Session::setAuthor(const QString &name) { d->author = writable(name.simplified()); }

Result<void> Session::save()
{
    if (d->folder.isEmpty())
        return failure({{}, {}, {"サービスが開かれていません。", "No service is open."}, {}});
    if (d->isReadOnly())
        return failure(d->readOnlyProblem());
    OpenReview::Incoming incoming;
    const Result<void> saved = d->open.save(d->folder, evidence().service, checklist(), &incoming);
    if (saved)
        d->stack.setClean();
    d->workOut();
    d->announce(incoming);
    d->tell();
    return saved;
}

std::vector<MergeConflict> Session::conflicts() const { return d->open.conflicts(); }
bool Session::areConflictsInFile() const { return d->open.areConflictsInFile(); }

Result<void> Session::resolveConflicts(const std::vector<MergeSide> &sides)
{
    if (sides.size() != conflicts().size() || !d->lock.isHeld())
        return failure(
            {QString::fromLatin1(reviewPath),
             {},
             {"競合が変わりました。もう一度選んでください。", "The conflicts are others now. Choose again."},
             {}});
    const ChooseSide choose = [&](int index, const MergeConflict &) { return sides[size_t(index)]; };
    if (!areConflictsInFile()) {
        d->editReview({"競合の選択", "choice in conflicts"}, d->open.resolved(choose));
        return {};
    }
    const Result<void> written = d->open.resolveFile(d->folder, choose);
    if (written)
        d->takeFromDisk();
    return written;
}

void Session::takeLock()
{
    if (d->folder.isEmpty() || d->lock.isHeld())
        return;
    if (d->lock.take(d->folder))
        d->takeFromDisk();
}

} // namespace tenken
