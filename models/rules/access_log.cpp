// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
#include <rules/all.h>
#include <rules/infrastructure.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text &title()
{
    static const Text text{"アクセスログの行き先", "Where access logs go"};
    return text;
}

Finding findingFor(const RuleContext &context, const FluentBitConfig &config, const FluentBitSection *section)
{
    Finding f = tenken::findingFor(context, title());
    f.object = config.object;
    f.file = section ? section->file : config.file;
    f.span = section ? section->span : Span{1, 1, 1, 2};
    f.wanted = {"Fluent Bit → Firehose → S3", "Fluent Bit → Firehose → S3"};
    return f;
}

/// What an output takes, against the tags that the inputs give; for nothing, why and what to do.
struct Takes {
    enum What { Something, Nothing, NotKnown } what = Something;
    Text why, remedy;
};

/// Inputs that stand elsewhere: an Output object of the operator beside Input objects, or a ConfigMap to which
/// the platform adds the inputs (EKS on Fargate).
bool hasInputsElsewhere(const FluentBitConfig &config)
{
    return config.object.section(u'/', 0, 0).endsWith(u"Output") || config.object.section(u'/', -1) == u"aws-logging";
}

Takes withoutInput(const FluentBitConfig &config)
{
    if (hasInputsElsewhere(config))
        return {};
    const bool idle = std::ranges::any_of(config.sections, [](const FluentBitSection &s) { return s.kind == u"input"; });
    const bool isWhole = idle || !config.ofKind(u"service"_s).empty();
    if (!isWhole || !config.missing.isEmpty())
        return {Takes::NotKnown, {}, {}};
    return {Takes::Nothing,
            idle ? Text{"入力は、どこからも取り込まれないファイルにあり、何も流れません。",
                        "The input stands in a file that nothing includes, so nothing goes to this output."}
                 : Text{"入力 ([INPUT]) がなく、何も流れません。", "There is no input ([INPUT]), so nothing goes to this output."},
            {"入力を書くか、主のファイルから @INCLUDE してください。", "Write an input, or @INCLUDE it from the main file."}};
}

/// A grep filter that leaves out whatever it sees of a tag: on the whole line surely, on another key perhaps.
Takes::What leftBy(const std::vector<const FluentBitSection *> &filters, const QString &tag, const QString &match)
{
    static const QRegularExpression everything(u"^(?:\\^?\\.[*+]\\$?|\\^?\\.|\\.\\$)$"_s);
    static const QStringList lines = {"log", "$log", "message", "$message"};
    Takes::What left = Takes::Something;
    for (const FluentBitSection *f : filters) {
        const QString taken = f->value(u"match"_s), excluded = f->value(u"exclude"_s).simplified();
        const bool sees = taken == u"*" || taken == match || taken == tag || (!tag.contains(u'*') && mayMatch(taken, tag));
        if (f->plugin() != u"grep" || !sees || !excluded.contains(u' ') || !everything.match(excluded.section(u' ', 1)).hasMatch())
            continue;
        if (lines.contains(excluded.section(u' ', 0, 0)))
            return Takes::Nothing;
        left = Takes::NotKnown;
    }
    return left;
}

Takes whatItTakes(const LogRoute &route)
{
    const QString match = route.output->value(u"match"_s);
    if (!route.output->value(u"match_regex"_s).isEmpty())
        return {Takes::NotKnown, {}, {}};
    const Text remedy{"入力の Tag に合う Match を書いてください。", "Write a Match that takes the input's Tag."};
    if (match.isEmpty())
        return {Takes::Nothing, {"この出力には Match がなく、何も流れません。", "This output has no Match, so nothing goes to it."}, remedy};
    const auto inputs = route.config->ofKind(u"input"_s);
    const auto filters = route.config->ofKind(u"filter"_s);
    const bool retagged = std::ranges::any_of(filters, [](const FluentBitSection *f) {
        return f->plugin() == u"rewrite_tag" || f->plugin() == u"lua";
    });
    if (inputs.empty())
        return withoutInput(*route.config);
    const bool isWhole = !retagged && route.config->missing.isEmpty();
    Takes takes{isWhole || match == u"*" ? Takes::Nothing : Takes::NotKnown,
                Text{"Match `%1` に合うタグの入力がなく、何も流れません。", "No input has a tag that Match `%1` takes, so nothing goes to it."}.arg(match), remedy};
    for (const FluentBitSection *input : inputs) {
        const QString own = input->value(u"tag"_s), tag = own.isEmpty() ? input->plugin() + u".*"_s : own;
        if (!mayMatch(match, tag))
            continue;
        const Takes::What left = leftBy(filters, tag, match);
        if (left == Takes::Something && (isWhole || match == u"*"))
            return {};
        if (left == Takes::Nothing)
            takes = {takes.what, {"grep の Exclude がすべてのログを捨て、何も流れません。", "A grep filter excludes every log, so nothing goes to it."},
                     {"捨てるものだけに合う式を書いてください。", "Exclude only what is not wanted."}};
        else
            takes.what = Takes::NotKnown;
    }
    return takes;
}

void markWay(Finding &f, const LogRoute &route, const Delivery &d)
{
    const FluentBitSetting *name =
        route.output->setting(route.dataStream ? u"stream"_s : u"delivery_stream"_s);
    if (name)
        addMark(f, route.output->file, name->span, {"書き込む先", "what it writes to"});
    markResource(f, d.stream, {"配信ストリーム", "the delivery stream"});
    if (d.destination)
        addMark(f, d.stream.in->file, placeOf(d.destination), {"その行き先", "its destination"});
    markResource(f, d.bucket.bucket, {"バケット", "the bucket"});
}

Finding &judgeDelivery(const RuleContext &context, Finding &f, const LogRoute &route, const Delivery &d, NameFit fit)
{
    using Keeps = Delivery::Keeps;
    markWay(f, route, d);
    const QString &id = d.stream.resource->id;
    const CfnText source = context.evidence.cloudFormation->text(d.stream, "DeliveryStreamType");
    if (!route.dataStream && source.known && !source.isEmpty() && source.text != u"DirectPut")
        return say(f, Verdict::Fail,
                   Text{"配信ストリーム %1 は %2 で、Fluent Bit からの書き込みを AWS が断ります。",
                        "Delivery stream %1 is of type %2: AWS refuses what Fluent Bit writes to it."}
                       .arg(id, source.text),
                   {"DeliveryStreamType を DirectPut にするか、元のデータストリームに書いてください。",
                    "Use DeliveryStreamType DirectPut, or write to the data stream that it reads."});
    if (d.keeps == Keeps::Nothing || d.keeps == Keeps::FailuresOnly || !d.bucket.isKnown())
        return say(f, d.bucket.isKnown() || d.keeps != Keeps::Everything ? Verdict::Fail : Verdict::Unknown,
                   d.keeps == Keeps::FailuresOnly
                       ? Text{"配信ストリーム %1 が S3 に残すのは、送れなかったものだけです。",
                              "Delivery stream %1 keeps in S3 only what it could not deliver."}
                             .arg(id)
                       : Text{"配信ストリーム %1 に S3 の行き先がありません。",
                              "Delivery stream %1 has no destination in S3."}
                             .arg(id),
                   {"ExtendedS3DestinationConfiguration を書くか、S3BackupMode を全件にしてください。",
                    "Write ExtendedS3DestinationConfiguration, or back up all of it with S3BackupMode."});
    if (fit == NameFit::Perhaps)
        return say(
            f, Verdict::Warn,
            Text{"`%1` が配信ストリーム %2 の名前かは、配置のときの値によります。",
                 "Whether `%1` is the name of delivery stream %2 depends on values given at deployment."}
                .arg(maskSecrets(route.stream), id),
            {"DeliveryStreamName をテンプレートに書いてください。",
             "Write DeliveryStreamName in the template."});
    if (d.conditional)
        return say(f, Verdict::Warn,
                   Text{"配信ストリーム %1 か行き先は、条件 %2 のときだけあります。",
                        "Delivery stream %1, or its destination, exists only under a condition %2."}
                       .arg(id, d.stream.resource->condition),
                   {"本番でその条件が成り立つことを確かめてください。",
                    "Make sure that the condition holds in production."});
    if (d.keeps == Keeps::Staging)
        return say(f, Verdict::Warn,
                   Text{"配信ストリーム %1 は S3 を経由するだけで、行き先は Redshift です。",
                        "Delivery stream %1 only passes through S3 on its way to Redshift."}
                       .arg(id),
                   {"S3 に残すことを確かめてください。", "Make sure that it is kept in S3."});
    return say(f, Verdict::Pass,
               Text{"`%1` は配信ストリーム %2 を通って S3 に残ります。",
                    "`%1` goes through delivery stream %2 to S3."}
                   .arg(maskSecrets(route.stream), id));
}

Finding judgeRoute(const RuleContext &context, const LogRoute &route)
{
    Finding f = findingFor(context, *route.config, route.output);
    f.measured = sameText(maskSecrets(route.output->plugin() + u" → "_s + route.stream));
    const Takes takes = whatItTakes(route);
    if (takes.what == Takes::Nothing)
        return say(f, Verdict::Fail, takes.why, takes.remedy);
    if (route.stream.isEmpty())
        return say(f, Verdict::Fail,
                   {"書き込む先のストリームの名前がありません。", "It names no stream to write to."},
                   {"delivery_stream を書いてください。", "Write delivery_stream."});
    if (route.deliveries.empty())
        return notInTemplates(context, f,
                              Text{"配信ストリーム `%1` がテンプレートにありません。",
                                   "The templates hold no delivery stream `%1`."}
                                  .arg(maskSecrets(route.stream)),
                              {"名前を合わせるか、その配信ストリームのテンプレートを加えてください。",
                               "Make the names agree, or add the template of that delivery stream."});
    judgeDelivery(context, f, route, route.deliveries.front().first, route.deliveries.front().second);
    if (f.verdict == Verdict::Pass && takes.what == Takes::NotKnown)
        return say(
            f, Verdict::Warn,
            Text{"%1どのログが流れるかは、入力が見えないか、タグの付け替え、Match_Regex、Exclude のため確かめられません。",
                 "%1 Which logs go there cannot be checked: its inputs are not seen, tags are rewritten, or Match_Regex or Exclude is used."}
                .arg(f.reason),
            {"アクセスログが届いていることを S3 で確かめてください。",
             "Check in S3 that access logs arrive."});
    return f;
}

// Fluent Bit is there, and none of its outputs leads to Firehose.
Finding withoutRoute(const RuleContext &context, const FluentBitConfig &config)
{
    const auto outputs = config.ofKind(u"output"_s);
    Finding f = findingFor(context, config, outputs.empty() ? nullptr : outputs.front());
    QStringList plugins;
    for (const FluentBitSection *o : outputs)
        plugins << o->plugin();
    plugins.removeDuplicates();
    f.measured = plugins.isEmpty() ? Text{"出力 0 件", "0 outputs"} : sameText(plugins.join(u", "_s));
    const auto idle = std::ranges::find_if(config.sections, [](const FluentBitSection &s) {
        return s.kind == u"output" && !s.active && s.plugin().contains(u"firehose");
    });
    const Text remedy{"`kinesis_firehose` の出力を足してください。", "Add an output `kinesis_firehose`."};
    f.snippet = u"[OUTPUT]\n    Name            kinesis_firehose\n    Match           *\n    region          "
                "ap-northeast-1\n    delivery_stream %1-access-log\n"_s.arg(context.service().id);
    if (!config.missing.isEmpty())
        return say(f, Verdict::Unknown,
                   Text{"取り込むファイル `%1` がなく、出力のすべては見えません。",
                        "The included file `%1` is not here, so not every output is seen."}
                       .arg(config.missing.front()),
                   {"そのファイルも証拠に加えてください。", "Add that file to the evidence."});
    if (idle != config.sections.end()) {
        addMark(f, idle->file, idle->span, {"取り込まれない出力", "an output that is not included"});
        return say(f, Verdict::Fail,
                   {"Firehose への出力は、どこからも取り込まれないファイルにあります。",
                    "The output to Firehose stands in a file that nothing includes."},
                   {"主のファイルから @INCLUDE してください。", "@INCLUDE it from the main file."});
    }
    if (plugins.contains(u"s3"))
        return say(f, Verdict::Warn,
                   {"Fluent Bit が S3 に直に書き、Firehose を通りません。",
                    "Fluent Bit writes to S3 itself, not by way of Firehose."},
                   remedy);
    if (plugins.contains(u"cloudwatch_logs") || plugins.contains(u"cloudwatch")
        || plugins.contains(u"forward"))
        return say(f, Verdict::Unknown,
                   Text{"出力は %1 で、そこから Firehose へ続くかは見えません。",
                        "It outputs to %1; whether that goes on to Firehose is not seen."}
                       .arg(plugins.join(u", "_s)),
                   remedy);
    return say(f, Verdict::Fail, {"Firehose への出力がありません。", "No output leads to Firehose."}, remedy);
}

std::vector<Finding> judge(const RuleContext &context)
{
    const auto &configs = context.evidence.fluentBit;
    if (configs.empty()) {
        Finding f = findingInService(context, title());
        return {
            say(f, Verdict::Unknown,
                {"Fluent Bit の設定がありません。", "There is no configuration of Fluent Bit."},
                {"ConfigMap を `evidence.manifests` に、設定ファイルと CloudFormation を "
                 "`evidence.infrastructure` に加えてください。",
                 "Add its ConfigMap to `evidence.manifests`, its files and the CloudFormation templates to "
                 "`evidence.infrastructure`."})};
    }
    std::vector<Finding> findings;
    for (const LogRoute &route : logRoutes(context))
        findings.push_back(judgeRoute(context, route));
    if (findings.empty()) {
        for (const FluentBitConfig &config : configs)
            findings.push_back(withoutRoute(context, config));
    }
    return bestOf(findings);
}

} // namespace

Rule accessLogRule()
{
    return {
        "access-log",
        {"Fluent Bit の出力が、S3 に残す Firehose の配信ストリームへ通じるか",
         "Whether an output of Fluent Bit leads to a Firehose delivery stream that keeps logs in S3"},
        {"Fluent Bit の設定（ConfigMap、ファイル、YAML、オペレーターの Output）から "
         "kinesis_firehose・firehose の"
         "出力（Firehose が読む Kinesis データストリームも）を探し、その delivery_stream "
         "と同じ名前の配信ストリームを "
         "CloudFormation で引き、S3 の行き先を確かめます。Match "
         "が入力のタグに合わない出力、取り込まれないファイルの"
         "出力、入力のないもの、grep の Exclude がすべてを捨てるもの、データストリームを読む配信ストリームへの直の書き込み、失敗分だけを S3 "
         "に残すストリームは不合格です。名前が配置のときの値による、条件付き、タグの付け替えが"
         "あるときは注意です。Terraform "
         "は読まないので不明です。アプリケーションがログを書くことは、レビューで"
         "チームが答えます。\n出典: "
         "docs.fluentbit.io（kinesis_firehose）、AWS::KinesisFirehose::DeliveryStream",
         "Looks in Fluent Bit's configuration (ConfigMaps, files, YAML, the operator's outputs) for outputs "
         "kinesis_firehose and firehose (also to a Kinesis data stream that Firehose reads), follows "
         "delivery_stream by name to CloudFormation, and looks for a destination in S3. An output whose "
         "Match takes "
         "no input's tag, one without an input, one before which a grep filter excludes everything, one in a file that "
         "nothing includes, one that writes to a stream which reads a data stream, and a stream that keeps only failures fail. A "
         "name "
         "that depends on values given at deployment, a condition, or rewritten tags warn. Terraform is not "
         "read: "
         "unknown. That the application writes access logs is for the team to attest in the review.\n"
         "Sources: docs.fluentbit.io (kinesis_firehose), AWS::KinesisFirehose::DeliveryStream"},
        {},
        judge,
        Rule::Source::Service};
}

} // namespace tenken
