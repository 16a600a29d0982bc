using Waybill.Notifications.Queue;
using Waybill.Notifications.Storage;

namespace Waybill.Infra.Deployment;

/// <summary>
/// What has a fixed name, and the ARNs that follow from it. Policies on both sides name each other this way: the table's names the role that
/// may use it, and the role's names the table.
/// </summary>
internal sealed record FixedNames(Settings Settings)
{
    /// <summary>Log groups begin with it.</summary>
    public const string LogPrefix = "/waybill/";

    public string Table => Arn("dynamodb", $"table/{TableDefinition.DefaultName}");

    public IEnumerable<string> Indexes => Settings.Indexes.Select(index => $"{Table}/index/{index.Name}");

    public string Queue => Arn("sqs", QueueDefinition.DefaultName);

    public string DeadLetterQueue => Arn("sqs", QueueDefinition.DeadLetterName(QueueDefinition.DefaultName));

    public string Root => $"arn:aws:iam::{Settings.Account}:root";

    public string TaskRole(ServiceName service) => $"arn:aws:iam::{Settings.Account}:role/{TaskRoleName(service)}";

    public string Repository(string name) => Arn("ecr", $"repository/{name}");

    public string LogGroup(string name) => Arn("logs", $"log-group:{name}");

    public string AnyCluster => Arn("ecs", "*");

    public static string TaskRoleName(ServiceName service) => $"waybill-{service.Text()}-task";

    public static string LogGroupName(ServiceName service) => LogPrefix + service.Text();

    private string Arn(string service, string resource) => $"arn:aws:{service}:{Settings.Region}:{Settings.Account}:{resource}";
}
