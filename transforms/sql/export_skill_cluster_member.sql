-- One row per occupation, period, published cluster and skill in it.
SELECT
    core_occupation.occupation_id,
    weight_skill_cluster.occupation,
    weight_skill_cluster.cluster_id,
    weight_skill_cluster.skill_id,
    core_skill.skill,
    weight_skill_cluster.period_start,
    weight_skill_cluster.period_end,
    weight_skill_cluster.member_rank,
    weight_skill_cluster.is_core,
    weight_skill_cluster.membership_share
FROM weight_skill_cluster
JOIN export_skill_cluster USING (occupation, cluster_id, period_start, period_end)
JOIN core_occupation ON core_occupation.occupation = weight_skill_cluster.occupation
JOIN core_skill ON core_skill.skill_id = weight_skill_cluster.skill_id
