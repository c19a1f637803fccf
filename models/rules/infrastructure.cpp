// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/infrastructure.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

Finding findingAt(const RuleContext &context, const Text &title, const CfnObject &object, Yaml node)
{
    Finding f = findingFor(context, title);
    f.object = object.resource->type + u'/' + object.resource->id;
    f.file = object.in->file;
    f.span = node ? placeOf(node) : object.resource->place();
    return f;
}

void markResource(Finding &finding, const CfnObject &object, const Text &note)
{
    if (object)
        addMark(finding, object.in->file, object.resource->place(), note);
}

Finding notInTemplates(const RuleContext &context, Finding f, const Text &absent, const Text &remedy)
{
    const CloudFormation &all = *context.evidence.cloudFormation;
    if (!all.terraform.isEmpty())
        return say(f, Verdict::Unknown,
                   Text{"Terraform（%1）は読まないため、分かりません。",
                        "Terraform is not read (%1), so this is not known."}
                       .arg(all.terraform.front()),
                   {"CloudFormation のテンプレートがなければ、レビューでチームが答えてください。",
                    "Without CloudFormation templates, the team answers it in the review."});
    if (all.templates.empty())
        return say(f, Verdict::Unknown,
                   {"CloudFormation のテンプレートがありません。", "There are no CloudFormation templates."},
                   {"service.yaml の `evidence.infrastructure` に、テンプレートの場所を書いてください。",
                    "Name the templates under `evidence.infrastructure` in service.yaml."});
    const QStringList opaque = all.opaque();
    if (!opaque.isEmpty())
        return say(f, Verdict::Unknown,
                   Text{"%1 の中は見えません。読めたテンプレートには、ありません。",
                        "What %1 brings in is not seen; what could be read has none."}
                       .arg(opaque.front()),
                   {"入れ子のテンプレートや展開後のものも `evidence.infrastructure` に加えてください。",
                    "Add the nested or processed templates to `evidence.infrastructure` too."});
    return say(f, Verdict::Fail, absent, remedy);
}

BucketPlace bucketIn(const CloudFormation &all, const CfnTemplate &in, const CfnText &location)
{
    static const QRegularExpression head(u"^(arn:(aws[a-z-]*|\\$\\{AWS::Partition\\}):s3:::|s3a?://)"_s);
    BucketPlace place;
    place.in = &in;
    QString text = location.text;
    text.remove(head);
    const qsizetype close = text.startsWith(u"${") ? text.indexOf(u'}') + 1 : 0;
    const qsizetype slash = text.indexOf(u'/', close);
    QString bucket = slash < 0 ? text : text.first(slash);
    place.path = slash < 0 ? QString() : text.sliced(slash + 1);
    for (const CfnObject &target : location.targets) {
        if (target.resource->type == u"AWS::S3::Bucket"
            && (bucket == u"${"_s + target.resource->id + u'}'
                || bucket == u"${"_s + target.resource->id + u".Arn}"_s))
            place.bucket = target;
    }
    if (place.bucket)
        place.name = all.text(place.bucket, "BucketName");
    else if (!bucket.isEmpty())
        place.name = {bucket, bucket, {}, !bucket.contains(u"${"), location.conditional};
    return place;
}

bool isSameBucket(const BucketPlace &a, const BucketPlace &b)
{
    if (a.bucket && b.bucket)
        return a.bucket == b.bucket;
    return isSame(a.name, a.bucket ? a.bucket.in : a.in, b.name, b.bucket ? b.bucket.in : b.in);
}

namespace
{

// "${Env}-log" → any text where "${Env}" stands
QRegularExpression patternOf(const QString &text)
{
    static const QRegularExpression variable(u"\\\\\\$\\\\\\{.*?\\\\\\}"_s);
    QString pattern = QRegularExpression::escape(text);
    pattern.replace(variable, u".+"_s);
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

// The part of a prefix that does not change: up to the first "!{timestamp…" or "${…".
QString steadyPart(QString prefix)
{
    const qsizetype at = std::min(prefix.indexOf(u"!{") < 0 ? prefix.size() : prefix.indexOf(u"!{"),
                                  prefix.indexOf(u"${") < 0 ? prefix.size() : prefix.indexOf(u"${"));
    return prefix.first(at);
}

bool isDatedAfter(const QString &prefix, const QString &steady)
{
    return prefix.size() == steady.size() || QStringView(prefix).sliced(steady.size()).startsWith(u"!{timestamp:");
}

struct Destination {
    const char *property;
    const char *s3; ///< where its S3 part stands; empty: it is S3 itself
    Delivery::Keeps keeps;
};

constexpr Destination destinations[] = {
    {"ExtendedS3DestinationConfiguration", "", Delivery::Keeps::Everything},
    {"S3DestinationConfiguration", "", Delivery::Keeps::Everything},
    {"RedshiftDestinationConfiguration", "S3Configuration", Delivery::Keeps::Staging},
    {"HttpEndpointDestinationConfiguration", "S3Configuration", Delivery::Keeps::FailuresOnly},
    {"AmazonopensearchserviceDestinationConfiguration", "S3Configuration", Delivery::Keeps::FailuresOnly},
    {"AmazonOpenSearchServerlessDestinationConfiguration", "S3Configuration", Delivery::Keeps::FailuresOnly},
    {"ElasticsearchDestinationConfiguration", "S3Configuration", Delivery::Keeps::FailuresOnly},
    {"SplunkDestinationConfiguration", "S3Configuration", Delivery::Keeps::FailuresOnly},
    {"SnowflakeDestinationConfiguration", "S3Configuration", Delivery::Keeps::FailuresOnly},
};

Delivery deliveryOf(const CloudFormation &all, const CfnObject &stream)
{
    Delivery d;
    d.stream = stream;
    d.conditional = !stream.resource->condition.isEmpty();
    for (const Destination &destination : destinations) {
        const CfnItem found = all.value(*stream.in, stream[destination.property]);
        if (!found.node)
            continue;
        const Yaml s3 = *destination.s3 ? found.node[destination.s3] : found.node;
        const QString mode = all.text(*stream.in, found.node["S3BackupMode"]).text;
        const bool backsUpAll = mode.startsWith(u"All") && destination.keeps == Delivery::Keeps::FailuresOnly;
        d.destination = found.node;
        d.keeps = backsUpAll ? Delivery::Keeps::Everything : destination.keeps;
        d.bucket = bucketIn(all, *stream.in, all.text(*stream.in, s3["BucketARN"]));
        const QString prefix = all.text(*stream.in, s3["Prefix"]).text;
        d.prefix = steadyPart(prefix);
        d.dated = isDatedAfter(prefix, d.prefix);
        d.conditional = d.conditional || found.conditional;
        return d;
    }
    return d;
}

NameFit fitOfStream(const CloudFormation &all, const QString &name, const CfnObject &stream,
                    const char *property)
{
    const CfnText text = all.text(stream, property);
    if (!text.isEmpty())
        return fitOfName(name, text);
    // CloudFormation makes a name of stack, logical id and random letters.
    return name.contains(u'-' + stream.resource->id + u'-') ? NameFit::Perhaps : NameFit::No;
}

// Firehose that reads the data stream of that name.
NameFit fitOfSource(const CloudFormation &all, const QString &name, const CfnObject &delivery)
{
    const CfnText arn =
        all.text(*delivery.in, delivery["KinesisStreamSourceConfiguration"]["KinesisStreamARN"]);
    for (const CfnObject &target : arn.targets) {
        if (target.resource->type == u"AWS::Kinesis::Stream")
            return fitOfStream(all, name, target, "Name");
    }
    CfnText rest = arn;
    rest.text = arn.text.section(u":stream/"_s, 1);
    rest.assumed = arn.assumed.section(u":stream/"_s, 1);
    rest.known = !rest.text.contains(u"${");
    return rest.text.isEmpty() ? NameFit::No : fitOfName(name, rest);
}

} // namespace

NameFit fitOfName(const QString &name, const CfnText &text)
{
    if (name.isEmpty() || text.isEmpty() || text.text.contains(u"${Fn::"))
        return text.isEmpty() || name.isEmpty() ? NameFit::No : NameFit::Perhaps;
    const bool written = !name.contains(u"${");
    if (written && (name == text.text || (name == text.assumed && !text.assumed.contains(u"${"))))
        return NameFit::Yes;
    if (written)
        return !text.known && patternOf(text.text).match(name).hasMatch() ? NameFit::Perhaps : NameFit::No;
    const QString other = text.assumed.contains(u"${") ? QString() : text.assumed;
    return other.isEmpty() || patternOf(name).match(other).hasMatch() ? NameFit::Perhaps : NameFit::No;
}

std::vector<Delivery> deliveriesOf(const CloudFormation &all)
{
    std::vector<Delivery> found;
    for (const CfnObject &stream : all.ofType(u"AWS::KinesisFirehose::DeliveryStream"_s))
        found.push_back(deliveryOf(all, stream));
    return found;
}

std::vector<LogRoute> logRoutes(const RuleContext &context)
{
    const CloudFormation &all = *context.evidence.cloudFormation;
    const std::vector<Delivery> deliveries = deliveriesOf(all);
    std::vector<LogRoute> routes;
    for (const FluentBitConfig &config : context.evidence.fluentBit) {
        for (const FluentBitSection *output : config.ofKind(u"output"_s)) {
            const QString plugin = output->plugin();
            const bool firehose = plugin == u"kinesis_firehose" || plugin == u"firehose";
            if (!firehose && plugin != u"kinesis_streams" && plugin != u"kinesis")
                continue;
            LogRoute route{
                &config, output, output->value(firehose ? u"delivery_stream"_s : u"stream"_s), !firehose, {}};
            for (const Delivery &d : deliveries) {
                const NameFit fit = firehose ? fitOfStream(all, route.stream, d.stream, "DeliveryStreamName")
                                             : fitOfSource(all, route.stream, d.stream);
                if (fit != NameFit::No)
                    route.deliveries.emplace_back(d, fit);
            }
            std::ranges::stable_sort(route.deliveries, std::greater{},
                                     [](const auto &p) { return p.second; });
            routes.push_back(std::move(route));
        }
    }
    return routes;
}

} // namespace tenken
