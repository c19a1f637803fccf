// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"

#include <review/recorddraft.h>

namespace tenken::app {

namespace {

QString optionOf(const TestField &field) { return field.key(); }

void addOptions(QCommandLineParser &parser)
{
    QStringList kinds;
    for (const TestKind &kind : testKinds())
        kinds << QString::fromLatin1(kind.name);
    parser.addOption({QStringLiteral("kind"), QStringLiteral("What was tested: %1.").arg(kinds.join(QStringLiteral(", "))), QStringLiteral("KIND")});
    parser.addOption({{QStringLiteral("y"), QStringLiteral("yes")},
                      QStringLiteral("Ask nothing: what no option says is left out. Needs --started and --result.")});
    parser.addOption({QStringLiteral("print"), QStringLiteral("Print the file instead of writing it.")});
    for (const TestField &field : testFields())
        parser.addOption({optionOf(field), QStringLiteral("%1, for example: %2.").arg(field.what.en, exampleOf(field, Lang::En)), QStringLiteral("ANSWER")});
}

/// One line of what was typed; nothing at its end.
std::optional<QString> readLine()
{
    static QTextStream in(stdin);
    const QString line = in.readLine(8'192);
    return line.isNull() ? std::nullopt : std::optional(line.trimmed());
}

struct Asking {
    const Evidence &evidence;
    Lang lang;
};

void tell(const Asking &asking, const TestField &field, const Text &complaint)
{
    err() << "  " << field.what.in(asking.lang) << ": " << complaint.in(asking.lang) << Qt::endl;
}

/// Asks until the answer may stand. Return takes the proposal, "-" leaves the field out.
std::optional<QString> ask(const Asking &asking, const QString &kind, const TestField &field, const QString &proposal)
{
    QStringList hints{Text{"例: %1", "for example %1"}.arg(exampleOf(field, asking.lang)).in(asking.lang)};
    if (const QStringList choices = choicesFor(asking.evidence, field); !choices.isEmpty())
        hints = {choices.join(QStringLiteral(" / "))};
    if (!field.wanted)
        hints << Text{"なくてもよい", "optional"}.in(asking.lang);
    while (true) {
        err() << field.what.in(asking.lang) << " (" << hints.join(QStringLiteral("; ")) << ")"
              << (proposal.isEmpty() ? QString() : QStringLiteral(" [%1]").arg(proposal)) << ": " << Qt::flush;
        const std::optional<QString> typed = readLine();
        if (!typed)
            return {};
        if (*typed == u"-")
            return QString();
        const QString answer = typed->isEmpty() ? proposal : *typed;
        const Text complaint = complaintAbout(asking.evidence, kind, field, answer);
        if (complaint.isEmpty())
            return answer;
        tell(asking, field, complaint);
    }
}

/// The options that were given; false when one of them may not stand or is not of this kind.
bool takeOptions(const QCommandLineParser &parser, const Asking &asking, RecordDraft &draft)
{
    bool fine = true;
    for (const TestField &field : testFields()) {
        if (!parser.isSet(optionOf(field)))
            continue;
        const QString answer = parser.value(optionOf(field));
        const Text complaint = field.isOf(draft.kind) ? complaintAbout(asking.evidence, draft.kind, field, answer)
                                                      : Text{"種類 %1 にはありません", "is not part of kind %1"}.arg(draft.kind);
        if (!complaint.isEmpty()) {
            wrongUse(Text{"--%1: %2", "--%1: %2"}.arg(optionOf(field), complaint), asking.lang);
            fine = false;
        }
        draft.answers.insert(QString::fromLatin1(field.path), answer);
    }
    return fine;
}

/// What no option says, asked on the terminal; false when the input ended.
bool askTheRest(const QCommandLineParser &parser, const Asking &asking, RecordDraft &draft)
{
    const RecordDraft proposal = proposedRecord(asking.evidence, draft.kind, qEnvironmentVariable("USER"));
    err() << Text{"Enter は [ ] の値、- は書かない、という意味です。", "Return takes the value in [ ]; - leaves it out."}.in(asking.lang) << Qt::endl;
    for (const TestField *field : fieldsOf(draft.kind)) {
        const QString path = QString::fromLatin1(field->path);
        const bool imageKnown = path == u"commit" && !draft.answers.value(QStringLiteral("image")).isEmpty();
        if (parser.isSet(optionOf(*field)) || imageKnown)
            continue;
        const std::optional<QString> answer = ask(asking, draft.kind, *field, proposal.answers.value(path));
        if (!answer)
            return false;
        draft.answers.insert(path, *answer);
    }
    return true;
}

void tellMissing(const RecordDraft &draft, Lang lang)
{
    QStringList names;
    for (const TestField *field : unanswered(draft))
        names << field->what.in(lang);
    if (!names.isEmpty())
        err() << Text{"書かれていない項目があり、判定は「注意」か「不明」になります: %1", "Not said, so that the verdict will be warn or unknown: %1"}
                     .arg(names.join(QStringLiteral(", "))).in(lang) << Qt::endl;
}

std::optional<QString> kindOf(const QCommandLineParser &parser, Lang lang)
{
    QStringList kinds;
    for (const TestKind &kind : testKinds())
        kinds << QString::fromLatin1(kind.name);
    if (parser.isSet(QStringLiteral("kind")))
        return oneOf(parser, QStringLiteral("kind"), kinds);
    wrongUse(Text{"試験の種類を --kind で指定してください: %1", "name the kind of test with --kind: %1"}.arg(kinds.join(QStringLiteral(", "))), lang);
    return {};
}

bool hasWhatDecides(const RecordDraft &draft, Lang lang)
{
    for (const char *path : {"started", "result"}) {
        if (!draft.answers.value(QLatin1StringView(path)).trimmed().isEmpty())
            continue;
        wrongUse(Text{"--%1 がないと、記録は何も示しません。", "without --%1 a record shows nothing"}.arg(path), lang);
        return false;
    }
    return true;
}

int write(const QCommandLineParser &parser, const Evidence &evidence, const RecordDraft &draft, Lang lang)
{
    tellMissing(draft, lang);
    if (parser.isSet(QStringLiteral("print"))) {
        out() << QString::fromUtf8(recordText(draft)) << Qt::flush;
        return Ok;
    }
    const Result<QString> written = writeRecord(evidence.folder, draft);
    if (!written) {
        complain(written.error(), lang);
        return WrongUse;
    }
    out() << Text{"%1 を書きました。", "Wrote %1."}.arg(*written).in(lang) << Qt::endl;
    return Ok;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() != 1)
        return wrongUse({"サービスのフォルダーを 1 つ指定してください。", "name one folder, the service's"}, lang);
    if (!isServiceFolder(arguments.first()))
        return wrongUse(Text{"%1 に readiness/service.yaml がありません。tenken init %1 で始められます。",
                             "%1 has no readiness/service.yaml. Start one with: tenken init %1"}.arg(arguments.first()), lang);
    const std::optional<QString> kind = kindOf(parser, lang);
    if (!kind)
        return WrongUse;
    ReadOptions options;
    options.onlyDeclared = true;
    const Result<Evidence> evidence = readEvidence(arguments.first(), options);
    if (!evidence) {
        complain(evidence.error(), lang);
        return WrongUse;
    }
    const Asking asking{*evidence, lang};
    RecordDraft draft{*kind, {}};
    if (!takeOptions(parser, asking, draft))
        return WrongUse;
    if (!parser.isSet(QStringLiteral("yes"))) {
        if (!askTheRest(parser, asking, draft))
            return wrongUse({"入力が終わったため、何も書いていません。", "the input ended; nothing was written"}, lang);
    } else if (!hasWhatDecides(draft, lang)) {
        return WrongUse;
    }
    return write(parser, *evidence, draft, lang);
}

} // namespace

const Command &recordCommand()
{
    static const Command command{
        "record", "record DIR --kind KIND [--started TIME] [--result pass|fail] … [--yes] [--print] [--lang ja|en]",
        {"行った障害試験や動作確認を、質問に答えて readiness/tests/ に記録します。", "Record a failure test or smoke run in readiness/tests/, by asking."},
        "  tenken record . --kind zone-loss\n"
        "  tenken record . --kind liveness --started \"2026-11-05 14:00\" --liveness normal=200,users-db=200 --result pass --yes\n",
        false, addOptions, run};
    return command;
}

} // namespace tenken::app
