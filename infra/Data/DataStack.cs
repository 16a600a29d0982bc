using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Data;

/// <summary>What must survive everything else: the key, the table, the queues, the secrets.</summary>
internal sealed class DataStack : WaybillStack
{
    public DataStack(App app, Settings settings)
        : base(app, "WaybillData", "Waybill: key, table, queues, secrets", settings, isLasting: true)
    {
        Key = Amazon.CDK.AWS.KMS.Key.FromKeyArn(this, "ClosedKey", CustomerKey.Create(this, Names).KeyArn);
        NotificationTable.Create(this, Names, Key);
        NotificationQueues.Create(this, Names, Key);
        Secrets = new Secrets(this, Key);
    }

    /// <summary>Encrypts the table, the queues, the secrets, the logs and the alarms. Closed to what the library would add to its policy.</summary>
    public IKey Key { get; }

    public Secrets Secrets { get; }
}
