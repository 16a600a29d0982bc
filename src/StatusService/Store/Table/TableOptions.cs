using System.ComponentModel.DataAnnotations;
using Waybill.Notifications.Storage;

namespace Waybill.StatusService.Store.Table;

public sealed class TableOptions
{
    public const string SectionName = "Table";

    [Required]
    [RegularExpression("^[a-zA-Z0-9_.-]{3,255}$", ErrorMessage = "Table:Name must be 3-255 of a-z, A-Z, 0-9, '_', '-' and '.'.")]
    public string Name { get; set; } = TableDefinition.DefaultName;

    /// <summary>Days that a final notification is kept before DynamoDB removes it; 1–3650.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 30;
}
