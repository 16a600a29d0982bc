using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waybill.Client.EntityFrameworkCore;

/// <summary>The outbox's table in an application's own model: all names that it has in the database.</summary>
public static class OutboxModel
{
    public const string DefaultTable = "waybill_outbox";

    private const int MaxKind = 16;
    private const int MaxTraceParent = 64;
    private const int MaxTraceState = 512;

    /// <summary>For <c>OnModelCreating</c>: adds the table, with its key and the index by which rows are found. A migration makes it as any other.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="schema">Null for the model's default.</param>
    public static ModelBuilder AddWaybillOutbox(this ModelBuilder model, string table = DefaultTable, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(model);

        return model.Entity<OutboxRow>(row =>
        {
            row.ToTable(table, schema);
            row.HasKey(one => one.Id).HasName($"pk_{table}");
            row.HasIndex(one => new { one.DueAt, one.Id }).HasDatabaseName($"ix_{table}_due");

            row.Property(one => one.Id).HasColumnName("id").ValueGeneratedNever();
            row.Property(one => one.Kind).HasColumnName("kind").HasConversion<string>().HasMaxLength(MaxKind);
            row.Property(one => one.Content).HasColumnName("content");
            row.Property(one => one.Size).HasColumnName("size");
            row.Property(one => one.TraceParent).HasColumnName("trace_parent").HasMaxLength(MaxTraceParent);
            row.Property(one => one.TraceState).HasColumnName("trace_state").HasMaxLength(MaxTraceState);
            row.Property(one => one.CreatedAt).HasColumnName("created_at").IsUtc();
            row.Property(one => one.DueAt).HasColumnName("due_at").IsUtc();
            row.Property(one => one.Lease).HasColumnName("lease");
            row.Property(one => one.Attempts).HasColumnName("attempts");
            row.Property(one => one.Problem).HasColumnName("problem");
            row.Property(one => one.RefusedAt).HasColumnName("refused_at").IsUtc();
        });
    }

    /// <summary>Some databases give back a time without saying that it is UTC.</summary>
    private static void IsUtc(this PropertyBuilder<DateTime> time) => time.HasConversion(given => given, stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));

    private static void IsUtc(this PropertyBuilder<DateTime?> time) =>
        time.HasConversion(given => given, stored => stored.HasValue ? DateTime.SpecifyKind(stored.Value, DateTimeKind.Utc) : stored);
}
